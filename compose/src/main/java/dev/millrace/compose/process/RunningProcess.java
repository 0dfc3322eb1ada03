package dev.millrace.compose.process;

/** One process, and no other that may get its pid later. Thread-safe. */
public final class RunningProcess {
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
