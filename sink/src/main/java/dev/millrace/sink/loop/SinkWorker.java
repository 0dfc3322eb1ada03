package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.OpenBatch;
import dev.millrace.sink.metrics.StopReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
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
    private final RestingConsumer consumer;
    private final WriterThread writer;
    private final TopicView view;
    private final OpenBatch open;
    private final Assignment assignment;
    private final RecordCollector collector;
    private final LostPositions lostPositions;
    private final TopicWatch topicWatch;
    private final GapAcceptance gapAcceptance;
    private final OffsetSeeker seeker;
    private final GroupOffsets groupOffsets;
    private final MovedOffsets movedOffsets;
    private final BatchDispatcher dispatcher;
    private final ReadingPace pace;
    private final RewindWatch rewindWatch;
    private final LagMeter lag;
    private volatile boolean stopping;
    private volatile boolean inPlace;
    private volatile boolean databaseAnswers;
    private volatile Map<Integer, StopReason> stopped = Map.of();

    /**
     * @param consumer without a subscription, reads committed records only; closed by {@link #run}
     * @param writer wakes the consumer; closed by {@link #run}
     * @param view of the topic that the consumer reads; closed by {@link #run}
     */
    public SinkWorker(
            ReadingRules rules,
            RestingConsumer consumer,
            WriterThread writer,
            TopicView view,
            LagMeter lag,
            Ticker ticker) {
        topic = rules.topic();
        this.consumer = consumer;
        this.writer = writer;
        this.view = view;
        this.lag = lag;
        open = new OpenBatch(rules.limits());
        assignment = new Assignment(topic, consumer, open, rules.breakerPercent(), ticker);
        collector = new RecordCollector(open, assignment, lag);
        topicWatch = new TopicWatch(view, consumer::wakeup, ticker);
        gapAcceptance = new GapAcceptance(topic, rules.acceptGaps(), writer, ticker);
        groupOffsets = new GroupOffsets(consumer, assignment, writer.timelines(), ticker);
        seeker = new OffsetSeeker(consumer, assignment, groupOffsets, new PartitionLocator(writer, view), ticker);
        movedOffsets = new MovedOffsets(topic, writer.metrics(), ticker);
        dispatcher = new BatchDispatcher(open, assignment, movedOffsets, writer, ticker, this::noteStored);
        pace = new ReadingPace(open, dispatcher::dueNanos, ticker);
        lostPositions = new LostPositions(assignment, open, dispatcher, topicWatch, ticker);
        rewindWatch = new RewindWatch(assignment, open, dispatcher, writer, ticker);
        writer.metrics().showStopped(() -> stopped.values());
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
            view.close();
            LOG.info("stopped: topic={}", topic);
        }
    }

    /** Ends {@link #run} soon. */
    public void stop() {
        stopping = true;
        consumer.wakeup();
    }

    /** Whether the place of every assigned partition is known and nothing is failing. */
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

    /** The assigned partitions that are not read until a person acts, and why. */
    public Map<Integer, StopReason> stoppedPartitions() {
        return stopped;
    }

    void subscribe() {
        consumer.subscribe(List.of(topic), assignment);
    }

    /** One step: read, and see to what is due. Never sleeps, never waits for the database. */
    void runOnce() {
        collector.collect(poll());
        topicWatch.step();
        gapAcceptance.step();
        if (groupOffsets.recall()) {
            seeker.step();
        }
        movedOffsets.keepOnly(assignment.partitions().keySet());
        dispatcher.step(topicWatch.isConfirmed());
        lostPositions.step();
        rewindWatch.step();
        groupOffsets.step();
        lag.step(assignment.partitions());
        assignment.fetch(!open.isFull());
        inPlace = assignment.hasJoined() && assignment.isLocated();
        databaseAnswers = !dispatcher.isFailing() && !seeker.isFailing();
        stopped = assignment.stopped();
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            consumer.rest(pace.rest(POLL));
            return consumer.poll(dispatcher.untilDue(POLL));
        } catch (WakeupException somethingIsDone) {
            return ConsumerRecords.empty();
        } catch (NoOffsetForPartitionException assignedThisMoment) {
            // With the consumer protocol, Kafka's client looks for a group offset while the callback that
            // gives the partition its place is still running (seen with 4.2.2). Nothing is read without one.
            LOG.debug("no position yet: partitions={}", assignedThisMoment.partitions());
            return ConsumerRecords.empty();
        } catch (OffsetOutOfRangeException lost) {
            lostPositions.note(lost);
            return ConsumerRecords.empty();
        }
    }

    private void noteStored(List<OffsetRange> ranges) {
        groupOffsets.note(ranges);
        movedOffsets.written(ranges);
        lag.stored(ranges);
    }
}
