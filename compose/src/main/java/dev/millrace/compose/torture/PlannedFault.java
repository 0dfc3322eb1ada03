package dev.millrace.compose.torture;

import java.time.Duration;
import java.util.Locale;

/**
 * One fault as the seed wants it.
 *
 * @param pause how long to wait before it, since the one before began
 * @param target name of the process that is struck; of a fault of a line, the sink that writes over it
 * @param length how long it lasts; zero for one of a moment
 * @param choice which byte or which of several backends, at least 0
 */
record PlannedFault(Duration pause, FaultKind kind, String target, Duration length, int choice) {
    /** What is counted together. */
    String name() {
        return kind.words() + " " + (target.startsWith("sink") ? "sink" : target);
    }

    /** For a person. */
    @Override
    public String toString() {
        String lasting = length.isZero() ? "" : String.format(Locale.ROOT, " for %.1f s", length.toMillis() / 1e3);
        String bytes = kind == FaultKind.CUT_IN_COPY ? " after " + choice + " bytes" : "";
        return kind.words() + " " + target + lasting + bytes;
    }
}
