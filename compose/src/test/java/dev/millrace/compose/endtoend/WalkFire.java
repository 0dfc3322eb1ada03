package dev.millrace.compose.endtoend;

import dev.millrace.compose.process.RecordedProcesses;
import dev.millrace.compose.process.RunningProcess;
import dev.millrace.compose.stack.StackDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Kills and freezes what a walk depends on: every kind of strike in each round, in another order. For one thread. */
final class WalkFire {
    private static final int SHORTEST_PAUSE_MILLIS = 1_500;
    private static final int LONGEST_PAUSE_MILLIS = 6_000;
    private static final int SHORTEST_FREEZE_MILLIS = 500;
    private static final int LONGEST_FREEZE_MILLIS = 5_000;

    /** @param signal for the child and all that work for it; STOP is taken back after a while */
    private record Strike(String signal, String child) {
        @Override
        public String toString() {
            return signal + " " + child;
        }
    }

    private static final List<Strike> ROUND = List.of(
            new Strike("KILL", "sink"),
            new Strike("KILL", "query-api"),
            new Strike("STOP", "primary"),
            new Strike("KILL", "sink"),
            new Strike("KILL", "replica"),
            new Strike("STOP", "replica"),
            new Strike("KILL", "query-api"),
            new Strike("INT", "replica"),
            new Strike("STOP", "sink"));

    private final WalkTrial trial;
    private final RecordedProcesses processes;
    private final Random random;
    private final Map<String, Integer> struck = new TreeMap<>();

    WalkFire(WalkTrial trial, Path data) {
        this.trial = trial;
        processes = new RecordedProcesses(new StackDirectory(data).children());
        random = new Random(trial.seed());
    }

    /** Strikes for as long as the trial is, or until it has failed; returns what was struck how often. */
    Map<String, Integer> burn() throws InterruptedException {
        long end = System.nanoTime() + trial.length().toNanos();
        List<Strike> round = new ArrayList<>();
        while (!trial.hasFailed()) {
            int pause = between(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
            Thread.sleep(Math.max(0, Math.min(pause, (end - System.nanoTime()) / 1_000_000)));
            if (System.nanoTime() >= end) {
                break;
            }
            if (round.isEmpty()) {
                round.addAll(ROUND);
                Collections.shuffle(round, random);
            }
            strike(round.remove(0));
        }
        return struck;
    }

    private void strike(Strike strike) throws InterruptedException {
        Duration freeze = Duration.ofMillis(between(SHORTEST_FREEZE_MILLIS, LONGEST_FREEZE_MILLIS));
        // Its children go down in good order by themselves, and must not get the signal that is for all of them.
        List<RunningProcess> targets = strike.signal().equals("INT")
                ? processes.find(strike.child()).stream().toList()
                : processes.group(strike.child());
        targets.forEach(process -> process.send(strike.signal()));
        if (!targets.isEmpty()) {
            struck.merge(strike.toString(), 1, Integer::sum);
        }
        if (strike.signal().equals("STOP")) {
            try {
                Thread.sleep(freeze.toMillis());
            } finally {
                targets.forEach(process -> process.send("CONT"));
            }
        }
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least);
    }
}
