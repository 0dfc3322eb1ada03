package dev.millrace.sink;

import dev.millrace.sink.batch.BatchLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The sink's settings in the words of Kafka's consumer. */
public final class ConsumerProperties {
    /** What exactly-once rests on, and publishing at least once: each may only be set to what it is anyway. */
    private static final Map<String, Set<String>> FIXED = Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, Set.of("false"),
            // A position that nobody set is to be an error, never a guess.
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, Set.of("none"),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, Set.of("read_committed"),
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, Set.of(),
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, Set.of(),
            // sink.group says it; two names for one thing would leave open which of them wins.
            ConsumerConfig.GROUP_ID_CONFIG, Set.of(),
            // A rejected event is only marked as published when no single broker can lose it.
            ProducerConfig.ACKS_CONFIG, Set.of("all", "-1"),
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, Set.of("true"),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, Set.of());

    /**
     * How long new partitions may go unread under the classic protocol: there a member of the group has
     * to find them, and Kafka's own 5 minutes are long for a reader of fresh events. Not much shorter,
     * since after each such look nothing is written until the topic is seen to be the same.
     */
    private static final String METADATA_AGE_MILLIS = "30000";

    /**
     * How long a rebalance waits for members that never come back, under the classic protocol: it took Kafka's
     * own 5 minutes for a group whose broker and members had been killed together. A sink polls ten times a
     * second, also while the database is away, so one that does not poll for this long is frozen.
     */
    private static final String POLL_INTERVAL_MILLIS = "30000";

    /** A batch is looked at between two polls; with fewer records, the polls themselves would count. */
    private static final int POLL_RECORDS = 1_000;

    /** Kafka's own default is 50 MiB. */
    private static final int FETCH_BYTES = 1 << 26;

    /** Kafka's own default, here since the memory that the documentation states rests on it. */
    private static final int PARTITION_FETCH_BYTES = 1 << 20;

    private ConsumerProperties() {}

    /** The names of those properties that would weaken a guarantee, sorted. */
    public static List<String> forbidden(Map<String, String> properties) {
        return properties.entrySet().stream()
                .filter(property -> FIXED.containsKey(property.getKey())
                        && !FIXED.get(property.getKey()).contains(property.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * Everything but the deserialisers, which are passed as objects.
     *
     * @param number of the worker, from 0; where there are several, it is added to names that Kafka wants
     *     to be different
     */
    static Map<String, Object> of(SinkSettings settings, int number) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "sink-" + number);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        properties.putAll(fetching(settings.limits()));
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MILLIS);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_INTERVAL_MILLIS);
        properties.putAll(settings.kafkaProperties());
        if (settings.workers() > 1) {
            properties.putAll(ownNames(settings.kafkaProperties(), number));
        }
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    /**
     * What Kafka's client may hold ahead of a batch, and a poll put into it beyond its limits: with these,
     * the sink's memory is bounded by its own settings.
     */
    private static Map<String, Object> fetching(BatchLimits limits) {
        int bytes = (int) Math.min(limits.maxBytes(), FETCH_BYTES);
        return Map.of(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Math.min(limits.maxRows(), POLL_RECORDS),
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                bytes,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                Math.min(bytes, PARTITION_FETCH_BYTES));
    }

    /** One name for two would make the second a zombie's successor, and their meters one. */
    private static Map<String, String> ownNames(Map<String, String> told, int number) {
        Map<String, String> names = new HashMap<>();
        for (String name : List.of(ConsumerConfig.CLIENT_ID_CONFIG, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)) {
            if (told.containsKey(name)) {
                names.put(name, told.get(name) + "-" + number);
            }
        }
        return names;
    }
}
