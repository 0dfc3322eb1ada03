package dev.millrace.compose.stack;

import dev.millrace.compose.process.ChildCommand;
import dev.millrace.compose.process.Readiness;
import dev.millrace.compose.process.SupervisedChild;
import dev.millrace.compose.process.Supervisor;
import java.time.Duration;

/** Starts children and says so. Safe for use by several threads. */
record Launch(Supervisor supervisor, Progress progress) {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    /** Starts a child that then keeps running. The order of these calls is that of the stop, reversed. */
    SupervisedChild begin(ChildCommand command) {
        return supervisor.keepRunning(command);
    }

    /**
     * Waits until a child is ready.
     *
     * @throws dev.millrace.compose.process.NotReadyException if it never is
     */
    void awaitReady(SupervisedChild child, Readiness readiness) {
        supervisor.awaitReady(child, readiness, READY_LIMIT);
        progress.say("%s is ready, it took %.1f s"
                .formatted(child.name(), child.age().toMillis() / 1000.0));
    }
}
