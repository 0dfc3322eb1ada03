package dev.millrace.compose.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Measures the pending lists of all GIN indexes of {@code event} together. For one thread. */
final class PendingListProbe implements Timetable.Step, AutoCloseable {
    /** The indexes are chosen before any is read: the function refuses what is no GIN index. */
    private static final String SIZE = """
            WITH gin AS MATERIALIZED (SELECT indexrelid %s)
            SELECT coalesce(sum(pending_pages), 0) * current_setting('block_size')::int
            FROM gin, LATERAL pgstatginindex(indexrelid)
            """.formatted(PendingListLane.INDEXES);

    private final Connection owner;
    private final PreparedStatement size;
    private final List<Long> bytes = new ArrayList<>();

    /** @param ownerUrl JDBC address of the primary with the owner's credentials */
    PendingListProbe(String ownerUrl) throws SQLException {
        owner = BoundedConnection.open(ownerUrl);
        try {
            size = owner.prepareStatement(SIZE);
        } catch (SQLException | RuntimeException failure) {
            owner.close();
            throw failure;
        }
    }

    @Override
    public void take(long dueNanos) throws SQLException {
        try (ResultSet row = size.executeQuery()) {
            row.next();
            bytes.add(row.getLong(1));
        }
    }

    /** What was found, in the order of time. */
    List<Long> bytes() {
        return bytes;
    }

    @Override
    public void close() throws SQLException {
        owner.close();
    }
}
