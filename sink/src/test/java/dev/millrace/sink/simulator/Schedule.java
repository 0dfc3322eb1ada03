package dev.millrace.sink.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that a seed decides: every choice, the faults and their rate, the time. Each seed allows another
 * set of faults, since rare ones show best when they are not drowned by the others. Not thread-safe.
 */
public final class Schedule {
    private static final int[] FAULTS_PER_MILLE = {5, 15, 40, 80};
    private static final int[] TICK_MICROS = {2_000, 20_000, 100_000};

    private final SplittableRandom random;
    private final Set<Fault> allowed = EnumSet.noneOf(Fault.class);
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private final int faultsPerMille;
    private final int tickMicros;
    private final @Nullable List<String> trace;
    private @Nullable String violation;
    private boolean calm;
    private long nanos;
    private int steps;

    /** @param trace takes a line for each step; null for none */
    public Schedule(long seed, @Nullable List<String> trace) {
        random = new SplittableRandom(seed);
        this.trace = trace;
        for (Fault fault : Fault.values()) {
            if (random.nextBoolean()) {
                allowed.add(fault);
            }
        }
        faultsPerMille = FAULTS_PER_MILLE[below(FAULTS_PER_MILLE.length)];
        tickMicros = TICK_MICROS[below(TICK_MICROS.length)];
    }

    public boolean chance(int perMille) {
        return random.nextInt(1_000) < perMille;
    }

    /** A number from 0, below the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }

    /** Whether this fault happens now. */
    public boolean strikes(Fault fault) {
        if (calm || !chance(faultsPerMille) || !allowed.contains(fault)) {
            return false;
        }
        struck.merge(fault, 1, Integer::sum);
        note(() -> "fault " + fault);
        return true;
    }

    /** From now on nothing goes wrong any more. */
    public void calm() {
        calm = true;
    }

    public boolean isCalm() {
        return calm;
    }

    public void step() {
        steps++;
        nanos += 1_000L * (1 + below(calm ? 50_000 : tickMicros));
    }

    public int steps() {
        return steps;
    }

    /** Lets time pass in which nothing happens. */
    public void pass(long nanosOfNothing) {
        nanos += nanosOfNothing;
    }

    public long nanoTime() {
        return nanos;
    }

    /** A moment from now on, at most so many milliseconds away. */
    public long within(int millis) {
        return nanos + 1_000_000L * below(millis);
    }

    public void note(Supplier<String> event) {
        if (trace != null) {
            trace.add(steps + " " + nanos / 1_000_000 + "ms " + event.get());
        }
    }

    /** Says what must not be; the first time counts. */
    public AssertionError violated(String what) {
        if (violation == null) {
            violation = what;
            note(() -> "VIOLATED " + what);
        }
        return new AssertionError(what);
    }

    public @Nullable String violation() {
        return violation;
    }

    public Map<Fault, Integer> struck() {
        return struck;
    }

    /** The trace as far as it was asked for. */
    public List<String> trace() {
        return trace == null ? List.of() : new ArrayList<>(trace);
    }
}
