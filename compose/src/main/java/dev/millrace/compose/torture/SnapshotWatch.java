package dev.millrace.compose.torture;

import dev.millrace.compose.history.SnapshotCheck;
import dev.millrace.compose.history.Violation;
import dev.millrace.schemas.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Looks at one database at random moments of the run: rows and offsets have to agree, and never go back.
 * But for one case: a replica that was killed answers again as soon as its files are consistent, which may
 * be some seconds before what it had shown; so after a broken connection it is looked at anew. Thread-safe.
 */
final class SnapshotWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SnapshotCheck check = new SnapshotCheck(Topic.EVENTS.topicName());
    private final ImpatientConnection database;
    private final String name;
    private final boolean mayGoBack;
    private final RandomMoments moments;
    private final List<Violation> violations = new ArrayList<>();
    private long taken;

    private SnapshotWatch(String name, String url, boolean mayGoBack, Random random) {
        this.name = name;
        this.mayGoBack = mayGoBack;
        database = new ImpatientConnection(url, "millrace torture snapshots", PATIENCE);
        moments = new RandomMoments("snapshots-" + name, random, this::sample, database::discard);
    }

    /** @param url JDBC address with the owner's credentials */
    static SnapshotWatch ofPrimary(String url, Random random) {
        return new SnapshotWatch("primary", url, false, random).start();
    }

    /** @param url JDBC address with the owner's credentials */
    static SnapshotWatch ofReplica(String url, Random random) {
        return new SnapshotWatch("replica", url, true, random).start();
    }

    private SnapshotWatch start() {
        moments.begin();
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
        moments.close();
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
