package dev.millrace.sink.loop;

import dev.millrace.sink.simulator.Content;
import dev.millrace.sink.simulator.Entry;
import dev.millrace.sink.simulator.Oracle;
import dev.millrace.sink.simulator.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** What one poll delivers: records, and how far it came, which markers move too. */
final class SimulatedFetch {
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> nextOffsets = new HashMap<>();

    void add(int partition, Entry entry) {
        TopicPartition named = new TopicPartition(Topic.NAME, partition);
        if (entry.content() != Content.MARKER) {
            records.computeIfAbsent(named, first -> new ArrayList<>()).add(record(partition, entry));
        }
        nextOffsets.put(named, new OffsetAndMetadata(entry.offset() + 1, Optional.of(entry.leaderEpoch()), ""));
    }

    ConsumerRecords<byte[], byte[]> records() {
        return nextOffsets.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(records, nextOffsets);
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, Entry entry) {
        return new ConsumerRecord<>(
                Topic.NAME,
                partition,
                entry.offset(),
                entry.timestampMillis(),
                TimestampType.LOG_APPEND_TIME,
                1,
                1,
                Oracle.key(),
                entry.value(),
                new RecordHeaders(),
                Optional.of(entry.leaderEpoch()));
    }
}
