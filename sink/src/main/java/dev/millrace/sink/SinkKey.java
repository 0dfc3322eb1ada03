package dev.millrace.sink;

import dev.millrace.sink.batch.BatchLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sink's settings: their names, defaults and bounds are known here and nowhere else. */
public enum SinkKey {
    WRITER_URL("sink.writer-url", "The primary, with millrace_writer's user and password"),
    OWNER_URL("sink.owner-url", "The primary, with millrace_owner's user and password, for upkeep of the tables"),
    GROUP("sink.group", "millrace-sink", "Kafka consumer group; workers of one database share one"),
    HOST("sink.host", "127.0.0.1", "Address that health and metrics listen on"),
    PORT("sink.port", "8082", "Port of health and metrics, 0 for a free one", 0, 65_535),
    WORKERS("sink.workers", "1", "Workers in the process, each with a consumer and a connection of its own", 1, 8),
    BATCH_MAX_ROWS("sink.batch.max-rows", "" + BatchLimits.DEFAULT.maxRows(), "Most rows in a batch", 1, 1_000_000),
    BATCH_MAX_BYTES(
            "sink.batch.max-bytes",
            "" + BatchLimits.DEFAULT.maxBytes(),
            "Most bytes of keys and values in a batch",
            1,
            1 << 30),
    BATCH_MAX_AGE(
            "sink.batch.max-age-ms",
            "" + BatchLimits.DEFAULT.maxAge().toMillis(),
            "Longest that a record waits for others while the writer is free; 0 for not at all",
            0,
            1_000),
    DLQ_ENABLED(
            "sink.dlq.enabled",
            "true",
            "Whether rejected events are also published to events.dlq.v1",
            new TreeSet<>(Set.of("true", "false"))),
    BREAKER_PERCENT(
            "sink.breaker.percent",
            "95",
            "A partition stops when this many of its last 100 records were refused; 0 for never",
            0,
            100),
    ACCEPT_GAP(
            "sink.accept-gap",
            "false",
            "Whether to go on without the records of every gap that is recorded at the start",
            new TreeSet<>(Set.of("true", "false"))),
    PARTITION_INTERVAL(
            "sink.partition-interval",
            "month",
            "How much append time a new table partition covers; those that are there stay",
            new TreeSet<>(Set.of("day", "week", "month"))),
    RETENTION(
            "sink.retention",
            RetentionTime.OFF,
            "How long after its last event a table partition is removed, with its events; as 90d",
            RetentionTime.EXPECTED,
            RetentionTime::isValid);

    private static final String JDBC_URL = "a JDBC address (jdbc:postgresql://host:port/database?user=…&password=…)";

    private final String key;
    private final @Nullable String byDefault;
    private final String meaning;
    private final String expected;
    private final Predicate<String> check;

    SinkKey(String key, @Nullable String byDefault, String meaning, String expected, Predicate<String> check) {
        this.key = key;
        this.byDefault = byDefault;
        this.meaning = meaning;
        this.expected = expected;
        this.check = check;
    }

    /** A database with its login, which has no default. */
    SinkKey(String key, String meaning) {
        this(key, null, meaning, SinkKey.JDBC_URL, text -> text.startsWith("jdbc:postgresql:"));
    }

    SinkKey(String key, String byDefault, String meaning) {
        this(key, byDefault, meaning, "a text that is not blank", text -> !text.isBlank());
    }

    SinkKey(String key, String byDefault, String meaning, long least, long most) {
        this(key, byDefault, meaning, "a number from " + least + " to " + most, text -> isNumber(text, least, most));
    }

    SinkKey(String key, String byDefault, String meaning, Set<String> choices) {
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
    static List<String> problems(Function<SinkKey, String> values) {
        List<String> problems = new ArrayList<>();
        for (SinkKey each : values()) {
            String value = values.apply(each);
            if (value.isEmpty()) {
                problems.add(each.key + " is missing");
            } else {
                each.problem(value).ifPresent(problem -> problems.add(each.key + " " + problem));
            }
        }
        return problems;
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
