package dev.millrace.compose.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Decides which faults come when: the same ones for the same seed and sinks. Not thread-safe. */
final class FaultSchedule {
    static final String PRIMARY = "primary";
    static final String REPLICA = "replica";
    static final String BROKER = "kafka";

    private static final int SHORTEST_PAUSE_MILLIS = 2_000;
    private static final int LONGEST_PAUSE_MILLIS = 8_000;
    private static final int SHORTEST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 12_000;

    /** Now and then one that is longer than any patience but the last. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final int ONE_OF_LONG = 8;

    /** So long that the group has given the partitions of a frozen sink to another one, which has moved them. */
    private static final int SHORTEST_ZOMBIE_MILLIS = 7_000;

    /** More than a batch of usual events has, so that most cuts hit the next few batches. */
    private static final int MOST_BYTES = 200_000;

    /** @param target name of a process, {@link FaultSchedule#ANY_SINK}, or all sinks */
    private record Choice(FaultKind kind, String target, int weight) {}

    private static final String ANY_SINK = "any sink";

    private static final List<Choice> CHOICES = List.of(
            new Choice(FaultKind.KILL, ANY_SINK, 14),
            new Choice(FaultKind.FREEZE, ANY_SINK, 14),
            new Choice(FaultKind.ZOMBIE, ANY_SINK, 21),
            new Choice(FaultKind.END, ANY_SINK, 6),
            new Choice(FaultKind.STORM, "sinks", 4),
            new Choice(FaultKind.KILL, PRIMARY, 5),
            new Choice(FaultKind.KILL_ALL, PRIMARY, 5),
            new Choice(FaultKind.FREEZE, PRIMARY, 5),
            new Choice(FaultKind.KILL_BACKEND, PRIMARY, 4),
            new Choice(FaultKind.FREEZE_BACKEND, PRIMARY, 8),
            new Choice(FaultKind.KILL, REPLICA, 3),
            new Choice(FaultKind.KILL_ALL, REPLICA, 3),
            new Choice(FaultKind.FREEZE, REPLICA, 5),
            new Choice(FaultKind.KILL, BROKER, 6),
            new Choice(FaultKind.FREEZE, BROKER, 5),
            new Choice(FaultKind.LOSE_COMMIT, ANY_SINK, 8),
            new Choice(FaultKind.LOSE_ANSWER, ANY_SINK, 8),
            new Choice(FaultKind.CUT_AT_COMMIT, ANY_SINK, 8),
            new Choice(FaultKind.CUT_IN_COPY, ANY_SINK, 10),
            new Choice(FaultKind.BLACK_HOLE, ANY_SINK, 4));

    private final Random random;
    private final List<String> sinks;
    private final List<Choice> weighted = new ArrayList<>();

    /** @param sinks names of those that can be struck, at least one */
    FaultSchedule(Random random, List<String> sinks) {
        this.random = random;
        this.sinks = sinks;
        for (Choice choice : CHOICES) {
            for (int i = 0; i < choice.weight(); i++) {
                weighted.add(choice);
            }
        }
    }

    PlannedFault next() {
        Duration pause = millis(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        Choice choice = weighted.get(random.nextInt(weighted.size()));
        String target = choice.target().equals(ANY_SINK) ? sinks.get(random.nextInt(sinks.size())) : choice.target();
        return new PlannedFault(pause, choice.kind(), target, length(choice), random.nextInt(MOST_BYTES));
    }

    private Duration length(Choice choice) {
        return switch (choice.kind()) {
            case FREEZE -> {
                Duration usual = millis(SHORTEST_MILLIS, LONGEST_MILLIS);
                yield random.nextInt(ONE_OF_LONG) == 0 ? LONG : usual;
            }
            case ZOMBIE -> millis(SHORTEST_ZOMBIE_MILLIS, LONGEST_MILLIS);
            case FREEZE_BACKEND -> millis(SHORTEST_MILLIS, LONGEST_MILLIS);
            case BLACK_HOLE -> millis(SHORTEST_MILLIS, LONGEST_MILLIS / 2);
            case KILL, KILL_ALL, END, STORM, KILL_BACKEND, LOSE_COMMIT, LOSE_ANSWER, CUT_AT_COMMIT, CUT_IN_COPY ->
                Duration.ZERO;
        };
    }

    private Duration millis(int least, int most) {
        return Duration.ofMillis(least + random.nextInt(most - least));
    }
}
