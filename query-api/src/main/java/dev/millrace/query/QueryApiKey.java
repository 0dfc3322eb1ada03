package dev.millrace.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The query API's settings: their names, defaults and bounds are known here and nowhere else. */
public enum QueryApiKey {
    READER_URL("query-api.reader-url", "The replica, with millrace_reader's user and password"),
    HOST("query-api.host", "127.0.0.1", "Address to listen on"),
    PORT("query-api.port", "8080", "Port to listen on, 0 for a free one", 0, 65_535),
    POOL_SIZE("query-api.pool-size", "8", "Most connections to the replica, for all pools together", 1, 40),
    REQUIRE_REPLICA(
            "query-api.require-replica",
            "true",
            "Whether to be ready takes a real replica, and no primary",
            new TreeSet<>(Set.of("true", "false"))),
    MAX_REQUESTS(
            "query-api.max-requests", "64", "Most requests at a time; others are told at once to come again", 1, 1_000),
    MAX_EXPORTS(
            "query-api.max-exports",
            "2",
            "Most exports at a time; while it reads, each has one connection of the pool",
            1,
            20),
    MAX_STREAMS("query-api.max-streams", "1000", "Most streams that are open at a time", 1, 100_000),
    API_KEYS_FILE(
            "query-api.api-keys-file",
            "",
            "File with the keys that clients need; without one, only this machine may reach the host",
            "a path",
            QueryApiKey::isPath);

    private static final String JDBC_URL = "a JDBC address (jdbc:postgresql://host:port/database?user=…&password=…)";

    private final String key;
    private final @Nullable String byDefault;
    private final String meaning;
    private final String expected;
    private final Predicate<String> check;

    QueryApiKey(String key, @Nullable String byDefault, String meaning, String expected, Predicate<String> check) {
        this.key = key;
        this.byDefault = byDefault;
        this.meaning = meaning;
        this.expected = expected;
        this.check = check;
    }

    /** A database with its login, which has no default. */
    QueryApiKey(String key, String meaning) {
        this(key, null, meaning, QueryApiKey.JDBC_URL, text -> text.startsWith("jdbc:postgresql:"));
    }

    QueryApiKey(String key, String byDefault, String meaning) {
        this(key, byDefault, meaning, "a text that is not blank", text -> !text.isBlank());
    }

    QueryApiKey(String key, String byDefault, String meaning, long least, long most) {
        this(key, byDefault, meaning, "a number from " + least + " to " + most, text -> isNumber(text, least, most));
    }

    QueryApiKey(String key, String byDefault, String meaning, Set<String> choices) {
        this(key, byDefault, meaning, String.join(" or ", choices), choices::contains);
    }

    /** The name in files and flags. */
    public String key() {
        return key;
    }

    /** What holds where nothing is said; empty where something has to be. */
    public Optional<String> byDefault() {
        return Optional.ofNullable(byDefault);
    }

    /** What it is for, in a line. */
    public String meaning() {
        return meaning;
    }

    /** Whether a password may be in the value, so that it is not to be shown as it is. */
    public boolean isSecret() {
        return expected.equals(JDBC_URL);
    }

    /** What is wrong with a value, to be put behind the key; quotes no secret. */
    public Optional<String> problem(String value) {
        if (check.test(value)) {
            return Optional.empty();
        }
        return Optional.of(isSecret() ? "is not " + expected : "is '" + value + "', not " + expected);
    }

    /** The value from among those by key, or its default; empty if there is neither. */
    String in(Map<String, String> values) {
        return values.getOrDefault(key, byDefault == null ? "" : byDefault);
    }

    /** A sentence for each value that is missing or wrong, in the order of the keys. */
    static List<String> problems(Function<QueryApiKey, String> values) {
        List<String> problems = new ArrayList<>();
        for (QueryApiKey each : values()) {
            String value = values.apply(each);
            if (value.isEmpty() && !value.equals(each.byDefault)) {
                problems.add(each.key + " is missing");
            } else {
                each.problem(value).ifPresent(problem -> problems.add(each.key + " " + problem));
            }
        }
        return problems;
    }

    /** Nothing at all, for no file, or what can name one. */
    private static boolean isPath(String text) {
        return text.isEmpty() || (!text.isBlank() && text.indexOf('\0') < 0);
    }

    private static boolean isNumber(String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            return number >= least && number <= most;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
