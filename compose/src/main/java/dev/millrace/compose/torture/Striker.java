package dev.millrace.compose.torture;

import dev.millrace.compose.process.RecordedProcesses;
import dev.millrace.compose.process.RunningProcess;
import dev.millrace.schemas.testing.CommitFault.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Does what a fault says to the stack, and takes it back. Thread-safe. */
final class Striker implements AutoCloseable {
    private static final String STOP = "STOP";
    private static final String CONTINUE = "CONT";
    /** Above a batch's time and its pause; who writes nothing for so long has nothing to be a zombie with. */
    private static final Duration ZOMBIE_PATIENCE = Duration.ofSeconds(2);

    private static final long STORM_STEP_NANOS = 400_000_000;

    private final RecordedProcesses processes;
    private final PrimaryLines lines;
    private final SinkBackends backends;
    private final List<String> sinks;
    private final Set<RunningProcess> frozen = new HashSet<>();
    private boolean closed;

    /** @param sinks names of the sinks' processes */
    Striker(RecordedProcesses processes, PrimaryLines lines, SinkBackends backends, List<String> sinks) {
        this.processes = processes;
        this.lines = lines;
        this.backends = backends;
        this.sinks = sinks;
    }

    /**
     * Begins a fault.
     *
     * @return what ends it; does nothing for one of a moment. Null if there was nobody to strike
     */
    @Nullable
    Runnable strike(PlannedFault fault) {
        return switch (fault.kind()) {
            case KILL -> send("KILL", one(fault.target()));
            case KILL_ALL -> send("KILL", processes.group(fault.target()));
            case END -> send("TERM", one(fault.target()));
            case FREEZE -> freeze(processes.group(fault.target()));
            case ZOMBIE -> makeZombie(fault.target());
            case STORM -> storm();
            case KILL_BACKEND -> send("KILL", backend(fault));
            case FREEZE_BACKEND -> freeze(backend(fault));
            case LOSE_COMMIT -> lose(fault, Loss.COMMIT);
            case LOSE_ANSWER -> lose(fault, Loss.ANSWER);
            case CUT_AT_COMMIT -> lose(fault, Loss.LINE);
            case CUT_IN_COPY -> {
                lines.of(fault.target()).cutAfter(fault.choice());
                yield Striker::nothing;
            }
            case BLACK_HOLE -> {
                PrimaryLine line = lines.of(fault.target());
                line.beginHole();
                yield line::endHole;
            }
        };
    }

    /** Takes everything back that has not ended by itself. */
    void heal() {
        lines.heal();
        thaw(List.copyOf(frozenNow()));
    }

    /** Heals, and lets no fault begin any more. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        heal();
        backends.close();
    }

    private List<RunningProcess> one(String name) {
        return processes.find(name).map(List::of).orElse(List.of());
    }

    private List<RunningProcess> backend(PlannedFault fault) {
        List<Long> pids = backends.pids();
        if (pids.isEmpty()) {
            return List.of();
        }
        long pid = pids.get(fault.choice() % pids.size());
        return processes.member(fault.target(), pid).map(List::of).orElse(List.of());
    }

    private @Nullable Runnable storm() {
        List<RunningProcess> ended = new ArrayList<>();
        for (String sink : sinks) {
            List<RunningProcess> process = one(sink);
            if (send("TERM", process) != null) {
                ended.addAll(process);
            }
            LockSupport.parkNanos(STORM_STEP_NANOS);
        }
        return ended.isEmpty() ? null : Striker::nothing;
    }

    /** Not synchronized while it waits, so that the stack can be closed meanwhile. */
    private @Nullable Runnable makeZombie(String sink) {
        PrimaryLine line = lines.of(sink);
        try {
            if (!line.holdNext(ZOMBIE_PATIENCE)) {
                return null;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
        Runnable thaw = freeze(processes.group(sink));
        if (thaw == null) {
            line.passOn();
            return null;
        }
        return () -> {
            line.passOn();
            thaw.run();
        };
    }

    private Runnable lose(PlannedFault fault, Loss loss) {
        lines.of(fault.target()).loseNext(loss);
        return Striker::nothing;
    }

    private synchronized @Nullable Runnable send(String signal, List<RunningProcess> struck) {
        boolean any = false;
        for (RunningProcess process : struck) {
            any |= !closed && process.send(signal);
        }
        return any ? Striker::nothing : null;
    }

    private synchronized @Nullable Runnable freeze(List<RunningProcess> struck) {
        if (send(STOP, struck) == null) {
            return null;
        }
        frozen.addAll(struck);
        return () -> thaw(struck);
    }

    private synchronized void thaw(List<RunningProcess> struck) {
        struck.forEach(process -> process.send(CONTINUE));
        struck.forEach(frozen::remove);
    }

    private synchronized Set<RunningProcess> frozenNow() {
        return Set.copyOf(frozen);
    }

    private static void nothing() {
        // A fault of a moment is over when it has begun.
    }
}
