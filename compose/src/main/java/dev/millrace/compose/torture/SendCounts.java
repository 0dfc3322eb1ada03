package dev.millrace.compose.torture;

import dev.millrace.schemas.Position;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How far the producers are. Thread-safe. */
final class SendCounts {
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable AcknowledgedWrite> latest = new AtomicReference<>();
    private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();

    void begun() {
        begun.incrementAndGet();
    }

    /** @param write null unless it is an event that the sink has to store */
    void acknowledged(@Nullable AcknowledgedWrite write) {
        acknowledged.incrementAndGet();
        if (write != null) {
            latest.set(write);
        }
    }

    /** The last event that was acknowledged and has to be stored; null before the first. */
    @Nullable
    AcknowledgedWrite latest() {
        return latest.get();
    }

    /** @param key null for none */
    record AcknowledgedWrite(
            Position at, UUID eventId, @Nullable String key) {}

    void unknown() {
        unknown.incrementAndGet();
    }

    void failed() {
        failed.incrementAndGet();
    }

    /** A producer's thread has ended, and not because of a fault that was thrown. */
    void broken(RuntimeException reason) {
        broken.compareAndSet(null, reason);
    }

    long acknowledgedSoFar() {
        return acknowledged.get();
    }

    /** @throws IllegalStateException if a producer's thread has ended */
    void requireWell() {
        RuntimeException reason = broken.get();
        if (reason != null) {
            throw new IllegalStateException("a producer of the torture broke: " + reason, reason);
        }
    }
}
