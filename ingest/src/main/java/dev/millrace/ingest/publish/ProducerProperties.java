package dev.millrace.ingest.publish;

import dev.millrace.schemas.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The publisher's settings in Kafka's words. */
public final class ProducerProperties {
    private static final int BATCH_BYTES = 128 * 1024;
    private static final long REQUEST_TIMEOUT_MILLIS = 30_000;

    /** What a receipt promises rests on these: each may only be set to what it is anyway. */
    private static final Map<String, Set<String>> FIXED = Map.of(
            ProducerConfig.ACKS_CONFIG, Set.of("all", "-1"),
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, Set.of("true"),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, Set.of(),
            ProducerConfig.PARTITIONER_CLASS_CONFIG, Set.of(),
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, Set.of("false"),
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Set.of(Integer.toString(Topic.EVENTS.maxMessageBytes())),
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, Set.of(),
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, Set.of());

    private ProducerProperties() {}

    /** The names of those properties that would weaken a guarantee, sorted. */
    static List<String> forbidden(Map<String, String> properties) {
        return properties.entrySet().stream()
                .filter(property -> FIXED.containsKey(property.getKey())
                        && !FIXED.get(property.getKey()).contains(property.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Everything but the serialisers, which are passed as objects. */
    public static Map<String, Object> of(PublisherConfig config) {
        long linger = config.linger().toMillis();
        long deliveryTimeout = config.deliveryTimeout().toMillis();
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // Takes two thirds off JSON for less processor time than zstd, here and in the sink.
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, Long.toString(linger));
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topic.EVENTS.maxMessageBytes()));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(deliveryTimeout));
        // Kafka wants linger + request timeout within the delivery timeout.
        long requestTimeout = Math.min(REQUEST_TIMEOUT_MILLIS, deliveryTimeout - linger);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(requestTimeout));
        // A full buffer is back-pressure, and it empties within the delivery timeout.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(deliveryTimeout));
        properties.putAll(config.kafkaProperties());
        return properties;
    }
}
