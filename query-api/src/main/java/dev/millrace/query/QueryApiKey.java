package dev.millrace.query;

import static dev.millrace.schemas.settings.SettingRule.checked;
import static dev.millrace.schemas.settings.SettingRule.choice;
import static dev.millrace.schemas.settings.SettingRule.database;
import static dev.millrace.schemas.settings.SettingRule.number;
import static dev.millrace.schemas.settings.SettingRule.text;

import dev.millrace.schemas.settings.SettingKey;
import dev.millrace.schemas.settings.SettingRule;

/** The query API's settings: their names, defaults and bounds are known here and nowhere else. */
public enum QueryApiKey implements SettingKey {
    READER_URL(database("query-api.reader-url", "The replica, with millrace_reader's user and password")),
    HOST(text("query-api.host", "127.0.0.1", "Address to listen on")),
    PORT(number("query-api.port", "8080", "Port to listen on, 0 for a free one", 0, 65_535)),
    POOL_SIZE(number("query-api.pool-size", "8", "Most connections to the replica, for all pools together", 1, 40)),
    REQUIRE_REPLICA(choice(
            "query-api.require-replica",
            "true",
            "Whether to be ready takes a real replica, and no primary",
            "false",
            "true")),
    MAX_REQUESTS(number(
            "query-api.max-requests",
            "64",
            "Most requests at a time; others are told at once to come again",
            1,
            1_000)),
    MAX_EXPORTS(number(
            "query-api.max-exports",
            "2",
            "Most exports at a time; while it reads, each has one connection of the pool",
            1,
            20)),
    MAX_STREAMS(number("query-api.max-streams", "1000", "Most streams that are open at a time", 1, 100_000)),
    API_KEYS_FILE(checked(
            "query-api.api-keys-file",
            "",
            "File with the keys that clients need; without one, only this machine may reach the host",
            "a path",
            QueryApiKey::isPath));

    private final SettingRule rule;

    QueryApiKey(SettingRule rule) {
        this.rule = rule;
    }

    @Override
    public SettingRule rule() {
        return rule;
    }

    /** Nothing at all, for no file, or what can name one. */
    private static boolean isPath(String text) {
        return text.isEmpty() || (!text.isBlank() && text.indexOf('\0') < 0);
    }
}
