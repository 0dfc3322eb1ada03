package dev.millrace.compose.bench;

import dev.millrace.ingest.load.Latency;
import dev.millrace.ingest.publish.Receipt;
import dev.millrace.schemas.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks about every millisecond how far the replica is, and with that when each acknowledged event
 * became visible: offsets and events come in one transaction, so who sees the one sees the other. On a
 * thread of its own; thread-safe.
 */
final class FreshnessWatch implements AutoCloseable {
    static final Duration LIMIT = Duration.ofMinutes(2);

    private static final long PAUSE_MILLIS = 1;
    private static final long STEP_MILLIS = 10;
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String OFFSETS = "SELECT kafka_partition, next_offset FROM sink_offset WHERE topic = ?";

    private final VisibleEvents events = new VisibleEvents();
    private final Connection replica;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "freshness-watch");
    private volatile @Nullable Throwable failure;

    /** Begins. */
    FreshnessWatch(String replicaUrl) throws SQLException {
        replica = BoundedConnection.open(replicaUrl);
        thread.setDaemon(true);
        thread.start();
    }

    /** An event is acknowledged at this moment. */
    void acknowledged(Receipt receipt) {
        events.acknowledged(receipt.position(), System.nanoTime());
    }

    /** @throws IllegalStateException if the replica cannot be asked, or an event has been missing for too long */
    void requireWell() {
        Throwable broken = failure;
        if (broken != null) {
            throw new IllegalStateException(broken.getMessage(), broken);
        }
    }

    /**
     * Returns when the events whose acknowledgements have come so far have been visible.
     *
     * @param ended ends the wait
     * @return how many events that are
     * @throws IllegalStateException as {@link #requireWell()}
     * @throws CancellationException if it was ended
     */
    long awaitAll(CountDownLatch ended) throws InterruptedException {
        while (events.missing() > 0) {
            requireWell();
            if (ended.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new CancellationException("stopped");
            }
        }
        return events.seen();
    }

    /** From the acknowledgement to the look that found the event; after the close. */
    Latency latency() {
        return events.latency();
    }

    /** Looks no more. */
    @Override
    public void close() throws SQLException {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        replica.close();
    }

    private void run() {
        try (PreparedStatement offsets = replica.prepareStatement(OFFSETS)) {
            offsets.setString(1, Topic.EVENTS.topicName());
            long checked = System.nanoTime();
            while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = look(offsets);
                if (now - checked > CHECK_NANOS) {
                    checked = now;
                    requireNoneMissing(now);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Throwable broken) {
            // An error as well: who waits for events would wait for ever.
            failure = broken;
        }
    }

    /** The moment at which the answer was there. */
    private long look(PreparedStatement offsets) throws SQLException {
        try (ResultSet row = offsets.executeQuery()) {
            long now = System.nanoTime();
            while (row.next()) {
                events.visible(row.getInt(1), row.getLong(2), now);
            }
            return now;
        }
    }

    private void requireNoneMissing(long now) {
        long missing = events.missingSince(now - LIMIT.toNanos());
        if (missing > 0) {
            throw new IllegalStateException(
                    "%d acknowledged events are not on the replica after %d s".formatted(missing, LIMIT.toSeconds()));
        }
    }
}
