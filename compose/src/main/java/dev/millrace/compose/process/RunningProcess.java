package dev.millrace.compose.process;

import java.time.Duration;

/** One process, and no other that may get its pid later. Thread-safe. */
public final class RunningProcess {
    /** What Linux tells programs, whatever its own clock does. */
    private static final long MILLIS_PER_TICK = 10;

    private final ProcessIdentity identity;

    RunningProcess(ProcessIdentity identity) {
        this.identity = identity;
    }

    public long pid() {
        return identity.pid();
    }

    /** Whether it still runs; a frozen one does. */
    public boolean isAlive() {
        return identity.isAlive();
    }

    /** Processor time that it has used so far, with its children that have ended; zero where that is not known. */
    public Duration cpuTime() {
        return ProcessStatus.of(identity.pid())
                .map(status -> Duration.ofMillis(status.cpuTicks() * MILLIS_PER_TICK))
                .orElse(Duration.ZERO);
    }

    /**
     * Sends it a signal; does nothing when it has ended.
     *
     * @param signal for example {@code STOP}
     * @return whether it was there to get it
     */
    public boolean send(String signal) {
        boolean there = identity.isAlive();
        if (there) {
            Signal.send(signal, identity.pid());
        }
        return there;
    }
}
