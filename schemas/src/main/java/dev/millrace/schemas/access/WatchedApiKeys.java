package dev.millrace.schemas.access;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that follow their file: it is read again by the first request after some seconds. A version with
 * an error changes nothing but the log: whoever writes the file may be in the middle of it. Thread-safe.
 */
final class WatchedApiKeys implements AccessCheck {
    /** How long a change of the file may go unseen. */
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(WatchedApiKeys.class);

    private final ApiKeyFile file;
    private final LongSupplier nanoTime;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile ApiKeys keys;
    private volatile long readNanos;
    private @Nullable String warned;

    /**
     * Reads the file.
     *
     * @param nanoTime monotonic time in nanoseconds
     * @throws AccessSetupException if it cannot be used
     */
    WatchedApiKeys(ApiKeyFile file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.keys = file.read();
        this.readNanos = nanoTime.getAsLong();
    }

    @Override
    public Access check(PresentedKey presented, AccessScope needed) {
        // Others go on with what was read before: a slow disk holds one request, not all.
        if (isDue() && reading.tryLock()) {
            try {
                if (isDue()) {
                    readAgain();
                }
            } finally {
                reading.unlock();
            }
        }
        return keys.check(presented, needed);
    }

    private boolean isDue() {
        return nanoTime.getAsLong() - readNanos >= INTERVAL.toNanos();
    }

    private void readAgain() {
        try {
            ApiKeys now = file.read();
            if (!now.areThoseOf(keys) || warned != null) {
                LOG.info("API keys read: file={} keys={}", file.path(), now.size());
            }
            keys = now;
            warned = null;
        } catch (AccessSetupException invalid) {
            if (!Objects.equals(invalid.getMessage(), warned)) {
                LOG.warn("API keys not read, those from before hold: reason={}", invalid.getMessage());
                warned = invalid.getMessage();
            }
        }
        readNanos = nanoTime.getAsLong();
    }
}
