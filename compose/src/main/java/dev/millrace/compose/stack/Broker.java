package dev.millrace.compose.stack;

import dev.millrace.compose.process.ChildCommand;
import dev.millrace.compose.process.Readiness;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The Kafka broker, its own controller.
 *
 * @param directory holds its settings and, in {@code log}, its data
 */
record Broker(Path directory, Ports ports) {
    static final String NAME = "kafka";

    private static final String SETTINGS = """
            # Written at each start; changes are lost.
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@%1$s:%3$d
            controller.listener.names=CONTROLLER
            listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
            advertised.listeners=PLAINTEXT://%1$s:%2$d
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            log.dirs=%4$s

            # One node holds everything, so nothing can be replicated.
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=4
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            share.coordinator.state.topic.num.partitions=1

            # A misspelt topic is an error, not a new topic.
            auto.create.topics.enable=false
            # The largest topic limit, and a little for what surrounds a record.
            message.max.bytes=3145728
            replica.fetch.max.bytes=3145728

            # A broker that was killed is let back in when its old session is over.
            broker.session.timeout.ms=3000
            broker.heartbeat.interval.ms=500
            # A sink that died is replaced within seconds.
            group.initial.rebalance.delay.ms=0
            group.min.session.timeout.ms=1000
            group.consumer.min.session.timeout.ms=1000
            group.consumer.session.timeout.ms=5000
            group.consumer.min.heartbeat.interval.ms=500
            group.consumer.heartbeat.interval.ms=1000

            # Only Kafka's own small topics are compacted: 8 MB for that instead of 128.
            log.cleaner.dedupe.buffer.size=8388608
            """;

    /** Writes the settings; the command that starts it with them. */
    ChildCommand prepare(Distribution distribution) throws IOException {
        Path properties = directory.resolve("server.properties");
        PrivateFile.write(
                properties,
                SETTINGS.formatted(
                        Ports.HOST, ports.kafka(), ports.kafkaController(), escaped(directory.resolve("log"))));
        return distribution.broker(NAME, properties);
    }

    /** As a properties file wants it, which knows Latin letters only. */
    private static String escaped(Path path) {
        StringBuilder text = new StringBuilder();
        path.toString().chars().forEach(unit -> {
            boolean plain = unit >= ' ' && unit < 127 && unit != '\\';
            text.append(plain ? String.valueOf((char) unit) : "\\u%04x".formatted(unit));
        });
        return text.toString();
    }

    /** Listens; the first request may still have to wait a little. */
    Readiness readiness() {
        return Readiness.port(ports.kafka());
    }

    String bootstrapServers() {
        return Ports.HOST + ":" + ports.kafka();
    }
}
