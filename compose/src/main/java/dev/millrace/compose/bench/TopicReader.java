package dev.millrace.compose.bench;

import dev.millrace.compose.bench.PreparedRows.PreparedBatch;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.OpenBatch;
import dev.millrace.sink.write.CopyImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code events.v1} once, as a sink would, and encodes it. For one thread. */
final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SILENT_POLLS = 60;

    /** What the sink takes in one poll. */
    private static final int POLL_RECORDS = 1_000;

    private final EventCodec codec = new EventCodec();
    private final BatchLimits limits = BatchLimits.DEFAULT;
    private final List<OpenBatch> open = new ArrayList<>();
    private final List<List<PreparedBatch>> shares = new ArrayList<>();
    private final Map<Integer, Long> ends = new TreeMap<>();
    private final Map<Integer, Long> appendedAt = new HashMap<>();
    private long firstAppendedAt = Long.MAX_VALUE;
    private long written;

    /** @param shares how many connections are to write the rows */
    TopicReader(int shares) {
        for (int share = 0; share < shares; share++) {
            open.add(new OpenBatch(limits));
            this.shares.add(new ArrayList<>());
        }
    }

    /**
     * @param expected how many events the topic holds, with one producer and no transaction
     * @param file to be written
     */
    PreparedRows read(String bootstrapServers, long expected, Path file) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers);
                OutputStream target = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.EVENTS.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long found = 0;
            for (int silent = 0; found < expected; silent++) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    silent = 0;
                    found += records.count();
                    collect(records);
                } else if (silent > SILENT_POLLS) {
                    throw new IllegalStateException("the topic holds " + found + " events, not " + expected);
                }
                writeFull(found >= expected, target);
            }
        }
        return new PreparedRows(
                file,
                List.copyOf(shares),
                List.of(firstAppendedAt, Collections.max(appendedAt.values())),
                Map.copyOf(ends));
    }

    private KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        // As the sink does, so that batches are made of the same pieces.
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                POLL_RECORDS,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                (int) limits.maxBytes());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void collect(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            List<EventRow> rows =
                    records.records(partition).stream().map(this::row).toList();
            int number = partition.partition();
            long start = ends.getOrDefault(number, 0L);
            long end = rows.get(rows.size() - 1).offset() + 1;
            open.get(number % open.size())
                    .add(new OffsetRange(number, start, end, null, appendedAt.getOrDefault(number, 0L)), rows);
            ends.put(number, end);
        }
    }

    private EventRow row(ConsumerRecord<byte[], byte[]> record) {
        long appended = appendedAt.merge(record.partition(), record.timestamp(), Math::max);
        firstAppendedAt = Math.min(firstAppendedAt, appended);
        return new EventRow(
                record.partition(), record.offset(), appended, record.key(), codec.decode(record.value()), List.of());
    }

    /** @param last whether nothing more comes */
    private void writeFull(boolean last, OutputStream target) throws IOException {
        for (int share = 0; share < open.size(); share++) {
            OpenBatch batch = open.get(share);
            if (batch.isFull() || (last && !batch.isEmpty())) {
                shares.get(share).add(write(batch.take(), target));
            }
        }
    }

    private PreparedBatch write(Batch batch, OutputStream target) throws IOException {
        CopyImage image = CopyImage.of(batch);
        target.write(image.identities());
        target.write(image.events());
        long position = written;
        written += image.identities().length + image.events().length;
        return new PreparedBatch(
                position,
                image.identities().length,
                image.events().length,
                batch.events().size(),
                batch.ranges());
    }
}
