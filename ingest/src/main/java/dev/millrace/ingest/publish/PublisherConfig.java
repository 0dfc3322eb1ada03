package dev.millrace.ingest.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How events are published.
 *
 * @param bootstrapServers Kafka's {@code host:port}, several separated by commas
 * @param maxInFlight events that may be unacknowledged at a time, at least 1; the next one waits
 * @param linger how long an event waits for company in its batch, 0 or more
 * @param deliveryTimeout how long Kafka is given to acknowledge an event, longer than {@code linger}
 * @param kafkaProperties settings of the Kafka producer that win over all others; what the
 *     guarantees rest on cannot be among them
 */
public record PublisherConfig(
        String bootstrapServers,
        int maxInFlight,
        Duration linger,
        Duration deliveryTimeout,
        Map<String, String> kafkaProperties) {

    public PublisherConfig {
        kafkaProperties = Map.copyOf(kafkaProperties);
        List<String> problems = new ArrayList<>();
        if (bootstrapServers.isBlank()) {
            problems.add("bootstrap-servers is empty");
        }
        if (maxInFlight < 1) {
            problems.add("max-in-flight=" + maxInFlight + " is below 1");
        }
        if (linger.isNegative()) {
            problems.add("linger=" + linger + " is below zero");
        }
        if (deliveryTimeout.compareTo(linger) <= 0 || deliveryTimeout.toMillis() > Integer.MAX_VALUE) {
            problems.add("delivery-timeout=" + deliveryTimeout + " is not between linger and " + Integer.MAX_VALUE
                    + " milliseconds");
        }
        for (String name : forbidden(kafkaProperties)) {
            problems.add(name + "=" + kafkaProperties.get(name) + " is not for the settings to change");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("publisher settings: " + String.join("; ", problems));
        }
    }

    /**
     * One broker on this machine. A millisecond of linger: a single event is acknowledged a
     * millisecond later than without, a flood goes a tenth faster. Two minutes outlast the restart of
     * a broker.
     */
    public static PublisherConfig defaults() {
        return new PublisherConfig("127.0.0.1:9092", 10_000, Duration.ofMillis(1), Duration.ofMinutes(2), Map.of());
    }

    /** The same with other servers. */
    public PublisherConfig withBootstrapServers(String servers) {
        return new PublisherConfig(servers, maxInFlight, linger, deliveryTimeout, kafkaProperties);
    }

    /** The same with other settings of the Kafka producer, its {@code bootstrap.servers} among them. */
    public PublisherConfig withKafkaProperties(Map<String, String> properties) {
        Map<String, String> others = new HashMap<>(properties);
        String servers = others.remove("bootstrap.servers");
        return new PublisherConfig(
                servers == null ? bootstrapServers : servers, maxInFlight, linger, deliveryTimeout, others);
    }

    /** The names of those Kafka properties that would weaken a guarantee, sorted. */
    public static List<String> forbidden(Map<String, String> kafkaProperties) {
        return ProducerProperties.forbidden(kafkaProperties);
    }

    /** Without the Kafka properties, which may hold passwords. */
    @Override
    public String toString() {
        return "bootstrapServers=" + bootstrapServers + " maxInFlight=" + maxInFlight + " linger=" + linger
                + " deliveryTimeout=" + deliveryTimeout;
    }
}
