package dev.millrace.compose.torture;

import dev.millrace.compose.history.Violation;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.torture.TortureReport.Watches;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** All that look on during a run, and a line every ten seconds of what they see. Thread-safe. */
final class Observers implements AutoCloseable {
    private static final long LINE_SECONDS = 10;
    private static final int MOST_SAID = 5;

    private final SendCounts sends;
    private final Progress progress;
    private final PrimaryLines lines;
    private final CommitWatch primaryCommits;
    private final CommitWatch replicaCommits;
    private final SnapshotWatch primarySnapshots;
    private final SnapshotWatch replicaSnapshots;
    private final WaitForWatch waits;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** They begin at once. */
    Observers(Addresses addresses, Seeds seeds, SendCounts sends, PrimaryLines lines, Progress progress) {
        this.sends = sends;
        this.lines = lines;
        this.progress = progress;
        primaryCommits = new CommitWatch(addresses.primary());
        replicaCommits = new CommitWatch(addresses.replica());
        primarySnapshots = SnapshotWatch.ofPrimary(addresses.primary(), seeds.random("primary snapshots"));
        replicaSnapshots = SnapshotWatch.ofReplica(addresses.replica(), seeds.random("replica snapshots"));
        waits = new WaitForWatch(addresses.queryApi(), sends, seeds.random("wait for"));
        Thread talker = new Thread(this::sayHowFar, "progress");
        talker.setDaemon(true);
        talker.start();
    }

    CommitWatch primaryCommits() {
        return primaryCommits;
    }

    CommitWatch replicaCommits() {
        return replicaCommits;
    }

    Watches watches() {
        return new Watches(
                lines.hits(),
                primarySnapshots.taken(),
                replicaSnapshots.taken(),
                waits.complete(),
                waits.unavailable());
    }

    List<Violation> violations() {
        List<Violation> violations = new ArrayList<>(primarySnapshots.violations());
        violations.addAll(replicaSnapshots.violations());
        violations.addAll(waits.violations());
        return violations;
    }

    @Override
    public void close() {
        stop.countDown();
        waits.close();
        primarySnapshots.close();
        replicaSnapshots.close();
        primaryCommits.close();
        replicaCommits.close();
    }

    private void sayHowFar() {
        Set<Violation> said = new HashSet<>();
        try {
            while (!stop.await(LINE_SECONDS, TimeUnit.SECONDS)) {
                long acknowledged = sends.acknowledgedSoFar();
                long handled = primaryCommits.handled();
                progress.say("    %d acknowledged, %d stored or rejected, lag %d, violations %d"
                        .formatted(
                                acknowledged,
                                handled,
                                Math.max(0, acknowledged - handled),
                                violations().size()));
                violations().stream()
                        .filter(said::add)
                        .limit(MOST_SAID)
                        .forEach(violation -> progress.say("    " + violation));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
