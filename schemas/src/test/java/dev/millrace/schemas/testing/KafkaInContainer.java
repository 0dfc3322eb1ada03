package dev.millrace.schemas.testing;

import org.testcontainers.kafka.KafkaContainer;

/** The broker of the Apache project's image. A class of its own, so that only its users need the jar. */
final class KafkaInContainer {
    /** As kafka.version in the root pom. */
    private static final String IMAGE = "apache/kafka:4.2.2";

    private KafkaInContainer() {}

    /** Ends with the JVM: Testcontainers sees to it. */
    static String start() {
        KafkaContainer container = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
                .withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "1000")
                .withEnv("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "3000")
                .withEnv("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "200")
                .withEnv("KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "500");
        container.start();
        return container.getBootstrapServers();
    }
}
