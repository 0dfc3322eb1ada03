package dev.millrace.compose.bench;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Millrace itself: a sink that is started on a topic which holds all events already. What it has
 * committed is asked of the primary every 20 ms.
 */
final class SinkContender implements Contender {
    private static final long STEP_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final BenchStack stack;
    private final BenchTables tables;
    private final long events;
    private final CountDownLatch stop;

    SinkContender(BenchStack stack, BenchTables tables, long events, CountDownLatch stop) {
        this.stack = stack;
        this.tables = tables;
        this.events = events;
        this.stop = stop;
    }

    @Override
    public String name() {
        return "millrace";
    }

    @Override
    public Schema schema() {
        return Schema.MIGRATED;
    }

    @Override
    public void run(CommitClock clock) throws Exception {
        stack.releaseSink();
        try {
            long handled = 0;
            long moved = System.nanoTime();
            while (handled < events) {
                if (stop.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new CancellationException("stopped");
                }
                long now = tables.handled();
                if (now > handled) {
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            "the sink has stored %d of %d events and goes no further".formatted(now, events));
                }
                handled = now;
                clock.see(handled);
            }
        } finally {
            stack.holdSink();
        }
    }
}
