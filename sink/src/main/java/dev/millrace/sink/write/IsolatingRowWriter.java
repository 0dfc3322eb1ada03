package dev.millrace.sink.write;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.RejectedRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The way through for a batch of which the database refuses several rows: parts of it under
 * savepoints, so that a refusal costs a part and not the batch. The row that COPY names is left out;
 * where no row is named, the part is halved until it is one row. Not thread-safe.
 */
final class IsolatingRowWriter implements RowWriter {
    /**
     * A backend lists up to 64 subtransactions in shared memory. With more, every snapshot on primary
     * and replica has to look them up on disk (PostgreSQL's {@code PGPROC_MAX_CACHED_SUBXIDS}).
     */
    private static final int MOST_PARTS = 60;

    private final CopyRowWriter copy;
    private final InsertRowWriter insert;

    IsolatingRowWriter(CopyRowWriter copy, InsertRowWriter insert) {
        this.copy = copy;
        this.insert = insert;
    }

    @Override
    public Verdicts write(Connection connection, Batch batch) throws SQLException {
        List<EventRow> events = batch.events();
        Progress progress = new Progress();
        int size = events.size() / MOST_PARTS + 1;
        for (int begin = 0; begin < events.size(); begin += size) {
            writePart(connection, events.subList(begin, Math.min(begin + size, events.size())), progress);
        }
        Verdicts verdicts = new Verdicts(progress.duplicates, progress.rejected);
        copy.copyRejected(connection, verdicts.rejectedAnd(batch.rejected()));
        return verdicts;
    }

    private void writePart(Connection connection, List<EventRow> part, Progress progress) throws SQLException {
        List<EventRow> rest = part;
        boolean repeating = false;
        while (!rest.isEmpty()) {
            Savepoint before = connection.setSavepoint();
            try {
                progress.wrote(writeEvents(connection, rest, repeating), rest.size());
                connection.releaseSavepoint(before);
                return;
            } catch (RefusedRowException refused) {
                connection.rollback(before);
                progress.refused(refused.rejection());
                rest = new ArrayList<>(rest);
                rest.remove(refused.row());
            } catch (SQLException failure) {
                FailureKind kind = FailureKind.of(failure);
                if (kind == FailureKind.REFUSED_VALUE) {
                    connection.rollback(before);
                    halve(connection, rest, progress, failure);
                    return;
                } else if (kind == FailureKind.REPEATED_ID && !repeating) {
                    connection.rollback(before);
                    repeating = true;
                } else {
                    throw failure;
                }
            }
        }
    }

    private Verdicts writeEvents(Connection connection, List<EventRow> events, boolean repeating) throws SQLException {
        if (repeating) {
            return insert.writeEvents(connection, events);
        }
        copy.copyIdentities(connection, events);
        copy.copyEvents(connection, events);
        return Verdicts.NONE;
    }

    private void halve(Connection connection, List<EventRow> part, Progress progress, SQLException failure)
            throws SQLException {
        if (part.size() == 1) {
            progress.refused(RefusedRowException.rejection(part.get(0), failure.getSQLState()));
            return;
        }
        int middle = part.size() / 2;
        writePart(connection, part.subList(0, middle), progress);
        writePart(connection, part.subList(middle, part.size()), progress);
    }

    /** What has become of the rows so far. */
    private static final class Progress {
        /** Enough to know that it is not a few bad records. */
        private static final int ENOUGH_TO_JUDGE = 100;

        private final List<EventRow> duplicates = new ArrayList<>();
        private final List<RejectedRow> rejected = new ArrayList<>();
        private int stored;
        private int refused;

        void wrote(Verdicts verdicts, int rows) {
            duplicates.addAll(verdicts.duplicates());
            rejected.addAll(verdicts.rejected());
            stored += rows - verdicts.count();
        }

        /** @throws WriteException to stop, if the database refuses nearly everything */
        void refused(RejectedRow row) {
            rejected.add(row);
            refused++;
            if (refused >= ENOUGH_TO_JUDGE && stored < refused / 10) {
                throw new WriteException(
                        WriteException.Kind.STOP,
                        "the database refuses nearly every event, so its tables are wrong, not the events: refused="
                                + refused + " stored=" + stored + " last=" + row.detail()
                                + "; look at constraints and triggers of the table event, then start the sink again");
            }
        }
    }
}
