package dev.millrace.schemas.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds a transaction on its way to Postgres before its first statement, so that what a client meant
 * for now happens later. The server knows nothing of it meanwhile and locks nothing. Set it before the
 * connection is made, {@code proxy.toServer(() -> hold.watch(LinkFault.NONE))}. Thread-safe.
 */
public final class TransactionHold {
    private final AtomicReference<@Nullable Held> next = new AtomicReference<>();

    /**
     * Waits until a transaction begins on any connection, and holds that one.
     *
     * @return it, or null if none began in time
     */
    public @Nullable Held holdNext(Duration patience) throws InterruptedException {
        Held wanted = new Held();
        next.set(wanted);
        boolean came = wanted.came.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        // Who could not be called off is there by now.
        return came || !next.compareAndSet(wanted, null) ? wanted : null;
    }

    /**
     * A fault for one connection, to the server.
     *
     * @param after what happens to the bytes then
     */
    public LinkFault watch(LinkFault after) {
        FrontendMessages messages = new FrontendMessages("BEGIN");
        return (bytes, length, link) -> {
            Held held = messages.orderIn(bytes, length) ? next.getAndSet(null) : null;
            if (held != null) {
                held.stay();
            }
            after.pass(bytes, length, link);
        };
    }

    /** A transaction that has not reached the server. Thread-safe. */
    public static final class Held {
        private final CountDownLatch came = new CountDownLatch(1);
        private final CountDownLatch free = new CountDownLatch(1);

        private Held() {}

        /** Lets it go on to the server, with all that came after it. */
        public void passOn() {
            free.countDown();
        }

        private void stay() {
            came.countDown();
            try {
                free.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
