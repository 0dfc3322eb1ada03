package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.OpenBatch;
import dev.millrace.sink.batch.RejectedRow;
import dev.millrace.sink.batch.Row;
import dev.millrace.sink.metrics.StopReason;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** Turns what a poll delivered into rows of the open batch. Not thread-safe. */
final class RecordCollector {
    private final RecordDecoder decoder = new RecordDecoder();
    private final List<Row> rows = new ArrayList<>();
    private final OpenBatch open;
    private final Assignment assignment;
    private final LagMeter lag;

    RecordCollector(OpenBatch open, Assignment assignment, LagMeter lag) {
        this.open = open;
        this.assignment = assignment;
        this.lag = lag;
    }

    void collect(ConsumerRecords<byte[], byte[]> records) {
        records.nextOffsets().forEach((partition, next) -> {
            PartitionProgress progress = assignment.partitions().get(partition.partition());
            if (progress != null && progress.isReading() && next.offset() > progress.nextOffset()) {
                collect(progress, records.records(partition), next);
            }
        });
    }

    private void collect(
            PartitionProgress progress, List<ConsumerRecord<byte[], byte[]>> records, OffsetAndMetadata next) {
        if (decode(progress, records)) {
            open.add(
                    new OffsetRange(
                            progress.partition(),
                            progress.nextOffset(),
                            next.offset(),
                            next.leaderEpoch().orElse(null),
                            progress.lastAppendedAtMillis()),
                    rows);
            progress.advanceTo(next.offset());
            lag.read(progress.partition(), next.offset(), records);
        }
        rows.clear();
    }

    /** Whether the breaker let all of them pass. */
    private boolean decode(PartitionProgress progress, List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Row row = decoder.decode(record, progress.appendedAtMillis(record.timestamp()));
            if (progress.breaker().count(row instanceof RejectedRow)) {
                trip(progress, record.offset());
                return false;
            }
            rows.add(row);
        }
        return true;
    }

    private void trip(PartitionProgress progress, long offset) {
        assignment.stop(
                progress,
                StopReason.BREAKER,
                progress.nextOffset(),
                "upToOffset=" + offset + ": nearly all of its last 100 records were refused. What was not"
                        + " written yet stays in Kafka. " + Breaker.REMEDY);
    }
}
