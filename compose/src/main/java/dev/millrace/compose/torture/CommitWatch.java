package dev.millrace.compose.torture;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the sink's offsets all the time, and measures how long each partition waits for its next
 * commit when a fault is over. Thread-safe.
 */
final class CommitWatch implements AutoCloseable {
    private static final long STEP_NANOS = 50_000_000;

    private final ImpatientConnection primary;
    private final Thread thread = new Thread(this::run, "commit-watch");
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Duration> recoveries = new ArrayList<>();
    private Map<Integer, Long> offsets = new TreeMap<>();
    private volatile boolean closed;

    /** @param from the offsets when the fault was over; it is recovered from when all have moved */
    private record Waiting(long sinceNanos, Map<Integer, Long> from) {}

    /** @param primaryUrl JDBC address with the owner's credentials, not through the spoilt line */
    CommitWatch(String primaryUrl) {
        primary = new ImpatientConnection(primaryUrl, "millrace torture watch", Duration.ofSeconds(3));
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on a recovery is waited for. */
    synchronized void faultEnded() {
        waiting.add(new Waiting(System.nanoTime(), Map.copyOf(offsets)));
    }

    /** Nothing is sent any more, and all is stored: whatever is waited for has come. */
    synchronized void settle() {
        waiting.forEach(each -> recoveries.add(Duration.ofNanos(System.nanoTime() - each.sinceNanos())));
        waiting.clear();
    }

    /** How long recovery took, for each fault that has been recovered from. */
    synchronized List<Duration> recoveries() {
        return List.copyOf(recoveries);
    }

    /** Records of the topic that the sink has dealt with, as last seen. */
    synchronized long handled() {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Next offset by partition, as last seen. */
    synchronized Map<Integer, Long> offsets() {
        return Map.copyOf(offsets);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        while (!closed) {
            try {
                see(read());
            } catch (SQLException away) {
                primary.discard();
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        primary.discard();
    }

    private Map<Integer, Long> read() throws SQLException {
        try (Statement statement = primary.open().createStatement();
                ResultSet row = statement.executeQuery("SELECT kafka_partition, next_offset FROM sink_offset")) {
            Map<Integer, Long> found = new TreeMap<>();
            while (row.next()) {
                found.put(row.getInt(1), row.getLong(2));
            }
            return found;
        }
    }

    private synchronized void see(Map<Integer, Long> found) {
        offsets = found;
        long now = System.nanoTime();
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting fault = each.next();
            boolean all = found.entrySet().stream()
                    .allMatch(place -> place.getValue() > fault.from().getOrDefault(place.getKey(), -1L));
            if (all) {
                recoveries.add(Duration.ofNanos(now - fault.sinceNanos()));
                each.remove();
            }
        }
    }
}
