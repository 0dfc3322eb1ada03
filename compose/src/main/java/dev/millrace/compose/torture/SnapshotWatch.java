package dev.millrace.compose.torture;

import dev.millrace.compose.history.SnapshotCheck;
import dev.millrace.compose.history.Violation;
import dev.millrace.schemas.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at one database at random moments of the run: rows and offsets have to agree, and never go back.
 * But for one case: a replica that was killed answers again as soon as its files are consistent, which may
 * be some seconds before what it had shown; so after a broken connection it is looked at anew. Thread-safe.
 */
final class SnapshotWatch implements AutoCloseable {
    private static final int LONGEST_PAUSE_MILLIS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SnapshotCheck check = new SnapshotCheck(Topic.EVENTS.topicName());
    private final ImpatientConnection database;
    private final String name;
    private final boolean mayGoBack;
    private final Random moments;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Violation> violations = new ArrayList<>();
    private long taken;

    private SnapshotWatch(String name, String url, boolean mayGoBack, Random moments) {
        this.name = name;
        this.mayGoBack = mayGoBack;
        database = new ImpatientConnection(url, "millrace torture snapshots", PATIENCE);
        this.moments = moments;
    }

    /** @param url JDBC address with the owner's credentials */
    static SnapshotWatch ofPrimary(String url, Random moments) {
        return new SnapshotWatch("primary", url, false, moments).start();
    }

    /** @param url JDBC address with the owner's credentials */
    static SnapshotWatch ofReplica(String url, Random moments) {
        return new SnapshotWatch("replica", url, true, moments).start();
    }

    private SnapshotWatch start() {
        Thread thread = new Thread(this::run, "snapshots-" + name);
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** How many snapshots were looked at. */
    synchronized long taken() {
        return taken;
    }

    synchronized List<Violation> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void close() {
        stop.countDown();
    }

    private void run() {
        try {
            while (!stop.await(moments.nextInt(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
                sample();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        database.discard();
    }

    private void sample() {
        try {
            List<Violation> found = check.sample(database.open());
            synchronized (this) {
                taken++;
                found.forEach(
                        each -> violations.add(new Violation(each.invariant(), "on the " + name + ", " + each.what())));
            }
        } catch (SQLException away) {
            database.discard();
            if (mayGoBack) {
                check.failedOver();
            }
        }
    }
}
