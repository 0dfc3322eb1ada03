package dev.millrace.sink.loop;

import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.OpenBatch;
import dev.millrace.sink.batch.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop: reads records, turns them into rows, and keeps one batch with the writer while the next
 * one fills. {@link #run} owns life and death, {@link #runOnce} is one step. One thread runs it; {@link
 * #stop} and the questions may come from others.
 */
public final class SinkWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkWorker.class);

    /** Longest wait for records; what else becomes due in the meantime waits for its end. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final RecordDecoder decoder = new RecordDecoder();
    private final OpenBatch open;
    private final Assignment assignment;
    private final WriterThread writer;
    private final OffsetSeeker seeker;
    private final GroupOffsets groupOffsets;
    private final BatchDispatcher dispatcher;
    private final RewindWatch rewindWatch;
    private final LagMeter lag;
    private volatile boolean stopping;
    private volatile boolean inPlace;
    private volatile boolean databaseAnswers;

    /**
     * @param consumer without a subscription, reads committed records only; closed by {@link #run}
     * @param writer wakes the consumer; closed by {@link #run}
     */
    public SinkWorker(
            String topic,
            Consumer<byte[], byte[]> consumer,
            WriterThread writer,
            BatchLimits limits,
            Ticker ticker,
            LagMeter lag) {
        this.topic = topic;
        this.consumer = consumer;
        this.writer = writer;
        open = new OpenBatch(limits);
        assignment = new Assignment(topic, consumer, open);
        groupOffsets = new GroupOffsets(consumer, assignment, writer.timelines(), ticker);
        seeker = new OffsetSeeker(consumer, assignment, groupOffsets, writer, ticker);
        dispatcher = new BatchDispatcher(open, assignment, groupOffsets, writer, ticker, lag);
        rewindWatch = new RewindWatch(assignment, open, dispatcher, writer, ticker);
        this.lag = lag;
    }

    /**
     * Works until it is told to stop. What is being written then is finished; what was only read will
     * be read again.
     */
    @Override
    public void run() {
        try {
            subscribe();
            while (!stopping) {
                runOnce();
            }
        } finally {
            inPlace = false;
            databaseAnswers = false;
            writer.close();
            consumer.close();
            LOG.info("stopped: topic={}", topic);
        }
    }

    /** Ends {@link #run} soon. */
    public void stop() {
        stopping = true;
        consumer.wakeup();
    }

    /** Whether every assigned partition is being read and nothing is failing. */
    public boolean isReady() {
        return inPlace && databaseAnswers;
    }

    /** Whether the group has answered, and it is known of every assigned partition where to read. */
    public boolean isInPlace() {
        return inPlace;
    }

    /** Whether the last write and the last question to the database did not fail; false after the end. */
    public boolean isDatabaseAnswering() {
        return databaseAnswers;
    }

    void subscribe() {
        consumer.subscribe(List.of(topic), assignment);
    }

    /** One step: read, and see to what is due. Never sleeps, never waits for the database. */
    void runOnce() {
        collect(poll());
        if (groupOffsets.recall()) {
            seeker.step();
        }
        dispatcher.step();
        rewindWatch.step();
        groupOffsets.step();
        lag.step(assignment.partitions());
        pauseOrResume();
        inPlace = assignment.hasJoined() && assignment.isLocated();
        databaseAnswers = !dispatcher.isFailing() && !seeker.isFailing();
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (WakeupException somethingIsDone) {
            return ConsumerRecords.empty();
        } catch (NoOffsetForPartitionException assignedThisMoment) {
            // With the consumer protocol, Kafka's client looks for a group offset while the callback that
            // gives the partition its place is still running (seen with 4.2.2). Nothing is read without one.
            LOG.debug("no position yet: partitions={}", assignedThisMoment.partitions());
            return ConsumerRecords.empty();
        }
    }

    private void collect(ConsumerRecords<byte[], byte[]> records) {
        records.nextOffsets().forEach((partition, next) -> {
            PartitionProgress progress = assignment.partitions().get(partition.partition());
            if (progress != null && progress.isLocated() && next.offset() > progress.nextOffset()) {
                collect(progress, records.records(partition), next);
            }
        });
    }

    private void collect(
            PartitionProgress progress, List<ConsumerRecord<byte[], byte[]>> records, OffsetAndMetadata next) {
        List<Row> rows = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            rows.add(decoder.decode(record, progress.appendedAtMillis(record.timestamp())));
        }
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

    /** Nothing is fetched of a partition whose place is not known, or while the open batch is full. */
    private void pauseOrResume() {
        boolean full = open.isFull();
        Set<TopicPartition> paused = new HashSet<>();
        Set<TopicPartition> running = new HashSet<>();
        for (PartitionProgress progress : assignment.partitions().values()) {
            (full || !progress.isLocated() ? paused : running).add(assignment.named(progress.partition()));
        }
        consumer.pause(paused);
        consumer.resume(running);
    }
}
