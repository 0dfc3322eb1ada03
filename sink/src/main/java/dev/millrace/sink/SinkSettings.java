package dev.millrace.sink;

import dev.millrace.sink.batch.BatchLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sink is told from outside.
 *
 * @param bootstrapServers Kafka's addresses
 * @param writerUrl JDBC address of the primary with {@code millrace_writer}'s credentials
 * @param ownerUrl JDBC address of the primary with {@code millrace_owner}'s credentials
 * @param group consumer group; workers of one database share one
 * @param host where health and metrics listen
 * @param port their port, 0 for a free one
 */
public record SinkSettings(
        String bootstrapServers,
        String writerUrl,
        String ownerUrl,
        String group,
        String host,
        int port,
        BatchLimits limits) {

    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads {@code KAFKA_BOOTSTRAP_SERVERS}, {@code SINK_WRITER_URL} and {@code SINK_OWNER_URL}, which
     * must be there, and {@code SINK_GROUP}, {@code SINK_HOST}, {@code SINK_PORT}, {@code
     * SINK_BATCH_MAX_ROWS} and {@code SINK_BATCH_MAX_BYTES}, which have defaults.
     *
     * @throws IllegalArgumentException naming every value that is missing or wrong
     */
    public static SinkSettings from(Map<String, String> environment) {
        Reader reader = new Reader(environment);
        String bootstrapServers = reader.text("KAFKA_BOOTSTRAP_SERVERS", null);
        String writerUrl = reader.jdbcUrl("SINK_WRITER_URL");
        String ownerUrl = reader.jdbcUrl("SINK_OWNER_URL");
        String group = reader.text("SINK_GROUP", "millrace-sink");
        String host = reader.text("SINK_HOST", "127.0.0.1");
        int port = (int) reader.number("SINK_PORT", 8082, 0, HIGHEST_PORT);
        BatchLimits defaults = BatchLimits.DEFAULT;
        long maxRows = reader.number("SINK_BATCH_MAX_ROWS", defaults.maxRows(), 1, 1_000_000);
        long maxBytes = reader.number("SINK_BATCH_MAX_BYTES", defaults.maxBytes(), 1, 1L << 30);
        reader.check();
        return new SinkSettings(
                bootstrapServers, writerUrl, ownerUrl, group, host, port, new BatchLimits((int) maxRows, maxBytes));
    }

    /** Collects what is wrong, so that a person mends it in one go. */
    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> problems = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        String text(String name, @Nullable String fallback) {
            String value = environment.getOrDefault(name, fallback == null ? "" : fallback);
            if (value.isBlank()) {
                problems.add(name + " is missing");
            }
            return value;
        }

        /** Never quotes the value, which has a password in it. */
        String jdbcUrl(String name) {
            String value = text(name, null);
            if (!value.isBlank() && !value.startsWith("jdbc:postgresql:")) {
                problems.add(name + " is not a JDBC address (jdbc:postgresql://host:port/database?user=…&password=…)");
            }
            return value;
        }

        long number(String name, long fallback, long least, long most) {
            String value = environment.get(name);
            if (value == null) {
                return fallback;
            }
            try {
                long number = Long.parseLong(value.strip());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Named below, like a number out of range.
            }
            problems.add(name + " is '" + value + "', not a number from " + least + " to " + most);
            return fallback;
        }

        void check() {
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems));
            }
        }
    }
}
