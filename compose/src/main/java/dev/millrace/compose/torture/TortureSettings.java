package dev.millrace.compose.torture;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a torture is to be.
 *
 * @param length how long faults come, above zero; start, catching up and checks come on top
 * @param seed of all that is random
 * @param perSecond events per second on average, at least 1
 * @param directory of the stack's data; must not exist or be empty
 */
public record TortureSettings(Duration length, long seed, int perSecond, Path directory) {
    public TortureSettings {
        if (length.isZero() || length.isNegative() || perSecond < 1) {
            throw new IllegalArgumentException("length=" + length + ", perSecond=" + perSecond);
        }
    }
}
