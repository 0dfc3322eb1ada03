package dev.millrace.sink.reject;

import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TestTopic;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A database with rejected events of {@code events.v1}, partition 0, and what a topic holds of them. */
final class RejectedEvents implements AutoCloseable {
    private final TestDatabase database = TestDatabase.create();

    String ownerUrl() {
        return database.url() + "?user=" + TestDatabase.OWNER;
    }

    /** One that the sink has rejected, with the rights of the sink. */
    void reject(long offset, byte @Nullable [] key, byte @Nullable [] value, String headers) {
        try (Connection connection = database.connect(TestDatabase.WRITER);
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO rejected_event (topic, kafka_partition, kafka_offset, reason, detail, key, value,"
                                + " headers) VALUES ('events.v1', 0, ?, 'undecodable', 'no marker: é', ?, ?,"
                                + " ?::jsonb)")) {
            statement.setLong(1, offset);
            statement.setBytes(2, key);
            statement.setBytes(3, value);
            statement.setString(4, headers);
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    void reject(long offset) {
        reject(offset, null, new byte[] {(byte) offset}, "[]");
    }

    /** So many from offset 0 on, in one statement. */
    void rejectFirst(int count) {
        try (Connection connection = database.connect(TestDatabase.WRITER);
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO rejected_event (topic, kafka_partition, kafka_offset, reason, detail, value,"
                                + " headers) SELECT 'events.v1', 0, number, 'undecodable', 'no marker', 'x'::bytea,"
                                + " '[]' FROM generate_series(0, ? - 1) number")) {
            statement.setInt(1, count);
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Offsets of those that are marked as published, or of those that are not. */
    Set<Long> offsets(boolean published) {
        String sql = "SELECT kafka_offset FROM rejected_event WHERE (published_at IS NOT NULL) = " + published;
        try (Connection connection = database.connect(TestDatabase.READER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            Set<Long> offsets = new TreeSet<>();
            while (row.next()) {
                offsets.add(row.getLong(1));
            }
            return offsets;
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** Ends the session of that name, as its death would. */
    void end(String applicationName) {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = '"
                    + applicationName + "'");
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        database.close();
    }

    /** All that a topic holds. */
    static List<ConsumerRecord<byte[], byte[]>> in(TestTopic topic) {
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", topic.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    /** Offsets of origin, in the order of the topic. */
    static List<Long> origins(Collection<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> Long.valueOf(header(record, "dlq.origin.offset")))
                .toList();
    }

    /** Text of a header that is there once. */
    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        List<String> values = new ArrayList<>();
        record.headers()
                .headers(name)
                .forEach(header -> values.add(new String(header.value(), StandardCharsets.UTF_8)));
        if (values.size() != 1) {
            throw new AssertionError(name + " is there " + values.size() + " times");
        }
        return values.get(0);
    }
}
