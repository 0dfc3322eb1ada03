package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.TestTopic;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** With a real broker: what is in its log, read or not, committed or not. */
class LogEndsIT {
    private final Map<Integer, Long> ends = new ConcurrentHashMap<>();

    @Test
    void endOfTheLogIncludesATransactionThatHangs() {
        try (TestTopic topic = TestTopic.create(Topic.EVENTS);
                Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()));
                KafkaProducer<byte[], byte[]> hanging = producer(topic)) {
            // Given
            hanging.initTransactions();
            hanging.beginTransaction();
            hanging.send(new ProducerRecord<>(topic.name(), 1, null, new byte[] {1}));
            hanging.send(new ProducerRecord<>(topic.name(), 1, null, new byte[] {2}));
            hanging.flush();
            // When
            LogEnds.of(admin, topic.name()).ask(Set.of(0, 1), ends::put);
            // Then
            await().untilAsserted(() -> assertThat(ends).isEqualTo(Map.of(0, 0L, 1, 2L)));
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(TestTopic topic) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", topic.bootstrapServers(), "transactional.id", topic.name()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
