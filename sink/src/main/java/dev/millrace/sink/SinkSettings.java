package dev.millrace.sink;

import static java.util.Map.entry;

import dev.millrace.schemas.settings.SettingKey;
import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.upkeep.PartitionInterval;
import dev.millrace.sink.upkeep.UpkeepSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the sink is told from outside. {@link SinkKey} says what each value may be.
 *
 * @param kafkaProperties settings of the Kafka clients, {@code bootstrap.servers} among them; what
 *     exactly-once rests on cannot be
 * @param writerUrl JDBC address of the primary with {@code millrace_writer}'s credentials
 * @param ownerUrl JDBC address of the primary with {@code millrace_owner}'s credentials
 * @param group consumer group; workers of one database share one
 * @param host where health and metrics listen
 * @param port their port, 0 for a free one
 * @param workers in this process, each with a consumer and a connection of its own
 * @param limits of each worker's batches
 * @param dlqEnabled whether rejected events are also published; a replay never does
 * @param breakerPercent how many of a partition's last 100 records have to be refused for it to be
 *     stopped; 0 for never
 * @param acceptGaps whether to go on without the records of the gaps that are recorded at the start
 * @param upkeep how the tables are kept
 */
public record SinkSettings(
        Map<String, String> kafkaProperties,
        String writerUrl,
        String ownerUrl,
        String group,
        String host,
        int port,
        int workers,
        BatchLimits limits,
        boolean dlqEnabled,
        int breakerPercent,
        boolean acceptGaps,
        UpkeepSettings upkeep) {

    /** @throws IllegalArgumentException naming every value that is missing or wrong */
    public SinkSettings {
        kafkaProperties = Map.copyOf(kafkaProperties);
        Map<SinkKey, String> values = Map.ofEntries(
                entry(SinkKey.WRITER_URL, writerUrl),
                entry(SinkKey.OWNER_URL, ownerUrl),
                entry(SinkKey.GROUP, group),
                entry(SinkKey.HOST, host),
                entry(SinkKey.PORT, Integer.toString(port)),
                entry(SinkKey.WORKERS, Integer.toString(workers)),
                entry(SinkKey.BATCH_MAX_ROWS, Integer.toString(limits.maxRows())),
                entry(SinkKey.BATCH_MAX_BYTES, Long.toString(limits.maxBytes())),
                entry(SinkKey.BATCH_MAX_AGE, Long.toString(limits.maxAge().toMillis())),
                entry(SinkKey.DLQ_ENABLED, Boolean.toString(dlqEnabled)),
                entry(SinkKey.BREAKER_PERCENT, Integer.toString(breakerPercent)),
                entry(SinkKey.ACCEPT_GAP, Boolean.toString(acceptGaps)),
                entry(SinkKey.PARTITION_INTERVAL, upkeep.interval().label()),
                entry(SinkKey.RETENTION, RetentionTime.text(upkeep.retention())));
        refuse(kafkaProperties, SettingKey.problems(SinkKey.values(), key -> values.getOrDefault(key, "")));
    }

    /**
     * Reads the settings from their texts.
     *
     * @param values by {@link SinkKey#key()}; others are of no interest
     * @param kafkaProperties as above
     * @throws IllegalArgumentException naming every value that is missing or wrong
     */
    public static SinkSettings from(Map<String, String> values, Map<String, String> kafkaProperties) {
        refuse(kafkaProperties, SettingKey.problems(SinkKey.values(), key -> key.in(values)));
        return new SinkSettings(
                kafkaProperties,
                SinkKey.WRITER_URL.in(values),
                SinkKey.OWNER_URL.in(values),
                SinkKey.GROUP.in(values),
                SinkKey.HOST.in(values),
                Integer.parseInt(SinkKey.PORT.in(values)),
                Integer.parseInt(SinkKey.WORKERS.in(values)),
                new BatchLimits(
                        Integer.parseInt(SinkKey.BATCH_MAX_ROWS.in(values)),
                        Long.parseLong(SinkKey.BATCH_MAX_BYTES.in(values)),
                        Duration.ofMillis(Long.parseLong(SinkKey.BATCH_MAX_AGE.in(values)))),
                Boolean.parseBoolean(SinkKey.DLQ_ENABLED.in(values)),
                Integer.parseInt(SinkKey.BREAKER_PERCENT.in(values)),
                Boolean.parseBoolean(SinkKey.ACCEPT_GAP.in(values)),
                new UpkeepSettings(
                        PartitionInterval.of(SinkKey.PARTITION_INTERVAL.in(values)),
                        RetentionTime.parse(SinkKey.RETENTION.in(values))));
    }

    private static void refuse(Map<String, String> kafkaProperties, List<String> problems) {
        List<String> all = new ArrayList<>(problems);
        if (kafkaProperties.getOrDefault("bootstrap.servers", "").isBlank()) {
            all.add("kafka.bootstrap.servers is missing");
        }
        ConsumerProperties.forbidden(kafkaProperties).forEach(name -> all.add("kafka." + name + " is not to be set"));
        if (!all.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", all));
        }
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return "group=" + group + " host=" + host + " port=" + port + " workers=" + workers + " limits=" + limits
                + " dlqEnabled=" + dlqEnabled;
    }
}
