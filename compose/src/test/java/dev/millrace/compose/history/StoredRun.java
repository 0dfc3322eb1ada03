package dev.millrace.compose.history;

import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.InvalidEventException;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.RecordHeader;
import dev.millrace.sink.batch.RejectedRow;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.BatchWriter;
import dev.millrace.sink.write.WriteOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A database that the sink's own writer fills from a topic, and into which faults are planted. */
final class StoredRun implements AutoCloseable {
    private final String topic;
    private final TestDatabase database = TestDatabase.create();
    private final BatchWriter writer;
    private final EventCodec codec = new EventCodec();

    StoredRun(String topic) {
        this.topic = topic;
        TablePartitions tables = new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER);
        writer = new BatchWriter(database.url() + "?user=" + TestDatabase.WRITER, "test", topic, "topic-id", tables);
        writer.storedOffsets(List.of(0, 1, 2, 3));
    }

    /** All records of the topic, by partition. */
    static Map<Integer, List<ConsumerRecord<byte[], byte[]>>> consume(String bootstrapServers, String topic) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> records = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers), bytes, bytes)) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> records.computeIfAbsent(record.partition(), none -> new ArrayList<>())
                                .add(record));
            }
        }
        return records;
    }

    /** Stores the records of each partition from an offset on, in batches of three. */
    StoredRun write(Map<Integer, List<ConsumerRecord<byte[], byte[]>>> records, long from) {
        records.forEach((partition, all) -> {
            long last = Long.MIN_VALUE;
            for (int start = (int) from; start < all.size(); start += 3) {
                List<ConsumerRecord<byte[], byte[]>> some = all.subList(start, Math.min(start + 3, all.size()));
                last = write(partition, some, last);
            }
        });
        return this;
    }

    Connection connect() throws SQLException {
        return database.connect(TestDatabase.OWNER);
    }

    /** Runs SQL and returns how many rows it changed. */
    int execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() {
        writer.close();
        database.close();
    }

    private long write(int partition, List<ConsumerRecord<byte[], byte[]>> records, long earlier) {
        List<EventRow> events = new ArrayList<>();
        List<RejectedRow> rejected = new ArrayList<>();
        long appendedAt = earlier;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            appendedAt = Math.max(appendedAt, record.timestamp());
            List<RecordHeader> headers = new ArrayList<>();
            record.headers().forEach(header -> headers.add(new RecordHeader(header.key(), header.value())));
            try {
                events.add(new EventRow(
                        partition, record.offset(), appendedAt, record.key(), codec.decode(record.value()), headers));
            } catch (InvalidEventException invalid) {
                rejected.add(new RejectedRow(
                        partition,
                        record.offset(),
                        invalid.reason(),
                        invalid.detail(),
                        record.key(),
                        record.value(),
                        headers));
            }
        }
        long start = records.get(0).offset();
        OffsetRange range = new OffsetRange(partition, start, start + records.size(), 0, appendedAt);
        WriteOutcome outcome = writer.write(new Batch(List.of(range), events, rejected));
        if (!(outcome instanceof WriteOutcome.Written)) {
            throw new IllegalStateException(topic + ": " + outcome);
        }
        return appendedAt;
    }
}
