package dev.millrace.sink.loop;

import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.TestTopic;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records into a topic, and takes them out again. */
final class TopicWriter implements AutoCloseable {
    static final byte[] POISON = {1, 2, 3};

    private final TestTopic topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;

    TopicWriter(TestTopic topic) {
        this.topic = topic;
        Map<String, Object> client = Map.of("bootstrap.servers", topic.bootstrapServers());
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        admin = Admin.create(client);
    }

    /** So many events that nobody has sent before. */
    void send(int partition, int count) {
        for (int event = 0; event < count; event++) {
            send(partition, EventBuilder.EVENT.withId(UUID.randomUUID()).value());
        }
        producer.flush();
    }

    void sendPoison(int partition, int count) {
        for (int record = 0; record < count; record++) {
            send(partition, POISON);
        }
        producer.flush();
    }

    void send(int partition, byte[] value) {
        producer.send(new ProducerRecord<>(topic.name(), partition, null, value));
    }

    void flush() {
        producer.flush();
    }

    /** What retention does, at a time of our choice. */
    void deleteBefore(int partition, long offset) {
        await(admin.deleteRecords(
                        Map.of(new TopicPartition(topic.name(), partition), RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    Admin admin() {
        return admin;
    }

    static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
