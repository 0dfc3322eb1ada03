package dev.millrace.query.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose next request does not get beyond its headers. The server's own timeout begins
 * anew with each byte, so a client that drips could hold a connection for hours. Thread-safe.
 */
final class SlowHeads implements Connection.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SlowHeads.class);
    private static final int LOOKS = 4;

    private final Map<Connection, HeadWatch> connections = new ConcurrentHashMap<>();
    private final Duration limit;
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic time in nanoseconds */
    SlowHeads(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    @Override
    public void onOpened(Connection connection) {
        connections.put(connection, new HeadWatch(connection));
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    /** Looks again and again, until the scheduler stops. */
    void watch(Scheduler scheduler) {
        scheduler.schedule(
                () -> {
                    closeSlowOnes();
                    watch(scheduler);
                },
                limit.toMillis() / LOOKS,
                TimeUnit.MILLISECONDS);
    }

    private void closeSlowOnes() {
        long now = nanoTime.getAsLong();
        for (HeadWatch each : connections.values()) {
            if (each.isSlow(now, limit)) {
                LOG.debug("connection closed, its request came too slowly: limitMs={}", limit.toMillis());
                each.close();
            }
        }
    }
}
