package dev.millrace.sink.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out why a batch's transaction takes longer than 100 ms: while it does, another connection
 * asks the server every 100 ms what it waits for, and the answer that came most often is the cause. A
 * transaction that ends in time costs one entry in a queue. The connection is closed when nothing has
 * stalled for ten seconds: making one costs the server and this process more than a hundred questions.
 * One thread begins and ends.
 */
public final class StallWatch implements TransactionWatch {
    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);
    private static final long LIMIT_MILLIS = 100;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final PrimarySession session;
    private final Duration idle;
    private final LongSupplier nanoTime;
    private final Consumer<StallCause> stalls;
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1,
            task -> {
                Thread thread = new Thread(task, "stall-watch");
                thread.setDaemon(true);
                return thread;
            },
            new DiscardPolicy());

    private @Nullable Watched current;

    /** For this watch's thread alone. */
    private @Nullable Future<?> closing;

    /**
     * @param ownerUrl JDBC address of the primary with the owner's credentials: only a member of {@code
     *     pg_monitor} sees what the processes of others do
     * @param name shown to the database's operators
     * @param nanoTime monotonic
     * @param stalls told the cause of each, in a thread of this watch
     */
    public StallWatch(String ownerUrl, String name, LongSupplier nanoTime, Consumer<StallCause> stalls) {
        this(ownerUrl, name, IDLE, nanoTime, stalls);
    }

    /** For tests: with another time until the connection is closed. */
    StallWatch(String ownerUrl, String name, Duration idle, LongSupplier nanoTime, Consumer<StallCause> stalls) {
        this.idle = idle;
        session = new PrimarySession(new PrimaryLogin(ownerUrl, name, new KnownTimelines()));
        this.nanoTime = nanoTime;
        this.stalls = stalls;
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void begin(int backendPid) {
        Watched watched = new Watched(backendPid, nanoTime.getAsLong());
        current = watched;
        watched.looks =
                executor.scheduleWithFixedDelay(() -> look(watched), LIMIT_MILLIS, LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void end() {
        Watched watched = current;
        current = null;
        if (watched == null) {
            return;
        }
        watched.end();
        long millis = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - watched.beginNanos);
        if (millis >= LIMIT_MILLIS) {
            executor.execute(() -> report(watched, millis));
        }
    }

    @Override
    public void close() {
        executor.execute(() -> {
            stayOpen();
            session.close();
        });
        executor.shutdown();
    }

    private void look(Watched watched) {
        stayOpen();
        closing = executor.schedule(session::discard, idle.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Connection connection = session.connection();
            Optional<BackendSample> sample = BackendSample.take(connection, watched.backendPid);
            // The server shows one state of its processes for the whole of a transaction.
            connection.rollback();
            if (sample.isPresent()) {
                watched.add(sample.get());
            } else {
                // Ended just now, or the writer is at another server meanwhile.
                session.discard();
            }
        } catch (SQLException failure) {
            LOG.debug("what a slow commit waits for is not known", failure);
            session.discard();
        }
    }

    private void report(Watched watched, long millis) {
        Finding finding = watched.mostFrequent();
        LOG.warn(
                "commit stalled: millis={} cause={} wait={}",
                millis,
                finding.cause().name().toLowerCase(Locale.ROOT),
                finding.waitName());
        stalls.accept(finding.cause());
    }

    private void stayOpen() {
        if (closing != null) {
            closing.cancel(false);
        }
    }

    private record Finding(StallCause cause, String waitName) {
        static final Finding NOTHING = new Finding(StallCause.UNKNOWN, "none");
    }

    /** One transaction. Begun and ended by the writer, looked at by the watch's thread. */
    private static final class Watched {
        private final int backendPid;
        private final long beginNanos;
        private final Map<Finding, Integer> findings = new LinkedHashMap<>();
        private @Nullable Future<?> looks;
        private volatile boolean ended;

        Watched(int backendPid, long beginNanos) {
            this.backendPid = backendPid;
            this.beginNanos = beginNanos;
        }

        /** An answer that comes after the end may be about the next transaction. */
        void add(BackendSample sample) {
            if (!ended) {
                findings.merge(new Finding(StallCause.of(sample), sample.waitName()), 1, Integer::sum);
            }
        }

        void end() {
            ended = true;
            if (looks != null) {
                looks.cancel(false);
            }
        }

        Finding mostFrequent() {
            Finding most = Finding.NOTHING;
            int times = 0;
            for (Map.Entry<Finding, Integer> each : findings.entrySet()) {
                if (each.getValue() > times) {
                    most = each.getKey();
                    times = each.getValue();
                }
            }
            return most;
        }
    }
}
