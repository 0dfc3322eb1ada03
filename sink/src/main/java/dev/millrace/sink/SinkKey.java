package dev.millrace.sink;

import static dev.millrace.schemas.settings.SettingRule.checked;
import static dev.millrace.schemas.settings.SettingRule.choice;
import static dev.millrace.schemas.settings.SettingRule.database;
import static dev.millrace.schemas.settings.SettingRule.number;
import static dev.millrace.schemas.settings.SettingRule.text;

import dev.millrace.schemas.settings.SettingKey;
import dev.millrace.schemas.settings.SettingRule;
import dev.millrace.sink.batch.BatchLimits;

/** The sink's settings: their names, defaults and bounds are known here and nowhere else. */
public enum SinkKey implements SettingKey {
    WRITER_URL(database("sink.writer-url", "The primary, with millrace_writer's user and password")),
    OWNER_URL(database(
            "sink.owner-url", "The primary, with millrace_owner's user and password, for upkeep of the tables")),
    GROUP(text("sink.group", "millrace-sink", "Kafka consumer group; workers of one database share one")),
    HOST(text("sink.host", "127.0.0.1", "Address that health and metrics listen on")),
    PORT(number("sink.port", "8082", "Port of health and metrics, 0 for a free one", 0, 65_535)),
    WORKERS(number(
            "sink.workers", "1", "Workers in the process, each with a consumer and a connection of its own", 1, 8)),
    BATCH_MAX_ROWS(
            number("sink.batch.max-rows", "" + BatchLimits.DEFAULT.maxRows(), "Most rows in a batch", 1, 1_000_000)),
    BATCH_MAX_BYTES(number(
            "sink.batch.max-bytes",
            "" + BatchLimits.DEFAULT.maxBytes(),
            "Most bytes of keys and values in a batch",
            1,
            1 << 30)),
    BATCH_MAX_AGE(number(
            "sink.batch.max-age-ms",
            "" + BatchLimits.DEFAULT.maxAge().toMillis(),
            "Longest that a record waits for others while the writer is free; 0 for not at all",
            0,
            1_000)),
    DLQ_ENABLED(choice(
            "sink.dlq.enabled",
            "true",
            "Whether rejected events are also published to events.dlq.v1",
            "false",
            "true")),
    BREAKER_PERCENT(number(
            "sink.breaker.percent",
            "95",
            "A partition stops when this many of its last 100 records were refused; 0 for never",
            0,
            100)),
    ACCEPT_GAP(choice(
            "sink.accept-gap",
            "false",
            "Whether to go on without the records of every gap that is recorded at the start",
            "false",
            "true")),
    PARTITION_INTERVAL(choice(
            "sink.partition-interval",
            "month",
            "How much append time a new table partition covers; those that are there stay",
            "day",
            "month",
            "week")),
    RETENTION(checked(
            "sink.retention",
            RetentionTime.OFF,
            "How long after its last event a table partition is removed, with its events; as 90d",
            RetentionTime.EXPECTED,
            RetentionTime::isValid));

    private final SettingRule rule;

    SinkKey(SettingRule rule) {
        this.rule = rule;
    }

    @Override
    public SettingRule rule() {
        return rule;
    }
}
