package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.EventGenerator;
import dev.millrace.sink.Allocation;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.batch.OpenBatch;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.write.StoredOffset;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What the loop allocates for an event from the poll to the batch, beyond what Kafka's client delivers. */
class ReadingAllocationTest {
    private static final int POLLS = 20;
    private static final int PARTITIONS = 4;
    private static final int RECORDS_PER_POLL = 5_000;
    private static final int EVENTS = POLLS * RECORDS_PER_POLL;

    /** An event row has 48 bytes, the encoded event in it 64, a place in a list 4, twice; 125 were measured. */
    private static final double MOST_BYTES = 140;

    private final List<ConsumerRecords<byte[], byte[]>> polls = polls();

    @Test
    void eventCostsItsRowAndHardlyMore() {
        // When
        double bytes = Allocation.bytesPerUnit(EVENTS, this::readAll);
        // Then
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    private void readAll() {
        OpenBatch open = new OpenBatch(BatchLimits.DEFAULT);
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(named(partition));
        }
        consumer.assign(partitions);
        Assignment assignment = new Assignment("events.v1", consumer, open, 95, Ticker.SYSTEM);
        assignment.onPartitionsAssigned(partitions);
        assignment
                .partitions()
                .forEach((partition, progress) -> progress.locate(new StoredOffset(partition, 0, -1, Long.MIN_VALUE)));
        LagMeter lag = new LagMeter(
                "events.v1",
                new SinkMetrics(new SimpleMeterRegistry()),
                (asked, answers) -> {},
                Ticker.SYSTEM,
                Clock.systemUTC());
        RecordCollector collector = new RecordCollector(open, assignment, lag);
        int events = 0;
        for (ConsumerRecords<byte[], byte[]> poll : polls) {
            collector.collect(poll);
            Batch batch = open.take();
            events += batch.events().size();
        }
        assertThat(events).isEqualTo(EVENTS);
    }

    private static List<ConsumerRecords<byte[], byte[]>> polls() {
        EventCodec codec = new EventCodec();
        List<EventBuilder> events =
                new EventGenerator(1).events(RECORDS_PER_POLL).toList();
        List<byte[]> values = events.stream().map(EventBuilder::value).toList();
        List<ConsumerRecords<byte[], byte[]>> polls = new ArrayList<>();
        for (int poll = 0; poll < POLLS; poll++) {
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
            Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
            int perPartition = RECORDS_PER_POLL / PARTITIONS;
            for (int partition = 0; partition < PARTITIONS; partition++) {
                List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
                for (int index = 0; index < perPartition; index++) {
                    long offset = (long) poll * perPartition + index;
                    int event = partition * perPartition + index;
                    read.add(record(
                            partition, offset, codec.encodeKey(events.get(event).key()), values.get(event)));
                }
                records.put(named(partition), read);
                next.put(named(partition), new OffsetAndMetadata((poll + 1L) * perPartition));
            }
            polls.add(new ConsumerRecords<>(records, next));
        }
        return polls;
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                "events.v1",
                partition,
                offset,
                1_795_390_206_873L + offset,
                TimestampType.LOG_APPEND_TIME,
                key == null ? -1 : key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.of(0));
    }

    private static TopicPartition named(int partition) {
        return new TopicPartition("events.v1", partition);
    }
}
