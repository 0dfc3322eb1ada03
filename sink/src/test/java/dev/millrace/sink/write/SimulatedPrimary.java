package dev.millrace.sink.write;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.RejectedRow;
import dev.millrace.sink.batch.Row;
import dev.millrace.sink.simulator.Tables.OffsetRow;
import dev.millrace.sink.simulator.Turn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The writer's steps on the modelled database; between and inside them others run and things go wrong. */
final class SimulatedPrimary implements Primary {
    private final SimulatedDatabase database;
    private final SimulatedLine line;
    private int room = -1;

    SimulatedPrimary(SimulatedDatabase database, Turn turn) {
        this.database = database;
        line = new SimulatedLine(database, turn);
    }

    @Override
    public void makeRoom(Batch batch) throws SQLException {
        if (room >= 0) {
            return;
        }
        line.step("makeRoom", () -> {
            line.passOnOtherConnection();
            room = database.room();
            return true;
        });
    }

    @Override
    public void forgetRoom() {
        room = -1;
    }

    @Override
    public List<StoredOffset> lockOffsets(Collection<Integer> partitions) throws SQLException {
        return line.step("lockOffsets", () -> {
            Backend backend = line.connect();
            List<StoredOffset> offsets = new ArrayList<>();
            for (int partition : new TreeSet<>(partitions)) {
                line.lock(partition);
                OffsetRow row = backend.offset(partition);
                if (row == null) {
                    row = OffsetRow.NEW;
                    backend.transaction().offsets.put(partition, row);
                }
                offsets.add(
                        new StoredOffset(partition, row.nextOffset(), row.leaderEpoch(), row.lastAppendedAtMillis()));
            }
            return offsets;
        });
    }

    @Override
    public Set<Integer> advance(Batch batch) throws SQLException {
        return line.step("advance", () -> {
            Backend backend = line.connect();
            Set<Integer> moved = new TreeSet<>();
            for (OffsetRange range : batch.ranges()) {
                int partition = range.partition();
                if (backend.offset(partition) != null) {
                    line.lock(partition);
                }
                OffsetRow row = backend.offset(partition);
                if (row == null || row.nextOffset() != range.start()) {
                    moved.add(partition);
                } else {
                    backend.transaction().offsets.put(partition, advanced(row, range, batch));
                }
            }
            if (!moved.isEmpty()) {
                database.noteFenced();
            }
            return moved;
        });
    }

    @Override
    public Verdicts writeRows(Batch batch, WritePath path) throws SQLException {
        return line.step("writeRows " + path, () -> {
            SimulatedRows rows =
                    new SimulatedRows(database.committed(), line.inUse().transaction());
            return switch (path) {
                case COPY -> copy(batch, rows);
                case INSERT -> insert(batch, rows);
                case ISOLATE -> isolate(batch, rows);
            };
        });
    }

    @Override
    public void recount(Batch batch, Verdicts verdicts) throws SQLException {
        if (verdicts.count() == 0) {
            return;
        }
        line.step("recount", () -> {
            line.passInTransaction();
            for (OffsetRange range : batch.ranges()) {
                recount(line.inUse(), range.partition(), verdicts);
            }
            return true;
        });
    }

    @Override
    public void passGaps(Collection<Gap> gaps) {
        throw new UnsupportedOperationException("the simulated log loses nothing");
    }

    @Override
    public List<Gap> acceptGaps() {
        throw new UnsupportedOperationException("the simulated log loses nothing");
    }

    @Override
    public void commit() throws SQLException {
        line.step("commit", () -> {
            line.commit();
            return true;
        });
    }

    @Override
    public void rollback() throws SQLException {
        line.step("rollback", () -> {
            line.passInTransaction();
            line.inUse().rollback();
            return true;
        });
    }

    @Override
    public void discard() {
        line.discard();
    }

    @Override
    public void close() {
        line.discard();
    }

    private Verdicts copy(Batch batch, SimulatedRows rows) throws SQLException {
        line.passInTransaction();
        rows.copyIdentities(batch);
        copyEvents(batch.events(), rows);
        copyRejected(batch.rejected(), rows);
        return Verdicts.NONE;
    }

    private Verdicts insert(Batch batch, SimulatedRows rows) throws SQLException {
        line.passInTransaction();
        List<EventRow> repeats = rows.insertIdentities(batch);
        List<EventRow> winners = new ArrayList<>(batch.events());
        winners.removeAll(repeats);
        copyEvents(winners, rows);
        Verdicts judged = rows.judge(repeats);
        List<RejectedRow> rejected = new ArrayList<>(batch.rejected());
        rejected.addAll(judged.rejected());
        copyRejected(rejected, rows);
        return judged;
    }

    /** Row by row, each as if it were alone. */
    private Verdicts isolate(Batch batch, SimulatedRows rows) throws SQLException {
        Verdicts verdicts = new Verdicts(new ArrayList<>(), new ArrayList<>());
        for (EventRow row : batch.events()) {
            Batch alone = new Batch(batch.ranges(), List.of(row), List.of());
            Verdicts judged = rows.judge(rows.repeats(alone));
            verdicts.duplicates().addAll(judged.duplicates());
            verdicts.rejected().addAll(judged.rejected());
            if (judged.count() == 0) {
                try {
                    copyEvents(alone.events(), rows);
                    rows.copyIdentities(alone);
                } catch (RefusedRowException refused) {
                    verdicts.rejected().add(refused.rejection());
                }
            }
        }
        copyRejected(verdicts.rejectedAnd(batch.rejected()), rows);
        return verdicts;
    }

    private void copyEvents(List<EventRow> events, SimulatedRows rows) throws SQLException {
        if (!events.isEmpty()) {
            line.passInTransaction();
            database.checkDisk();
            if (room != database.room()) {
                throw new SQLException("no partition of relation event found for row", "23514");
            }
            rows.copyEvents(events);
        }
    }

    private void copyRejected(List<RejectedRow> rejected, SimulatedRows rows) throws SQLException {
        if (!rejected.isEmpty()) {
            line.passInTransaction();
            rows.copyRejected(rejected);
        }
    }

    private static OffsetRow advanced(OffsetRow row, OffsetRange range, Batch batch) {
        Integer epoch = range.leaderEpoch();
        return new OffsetRow(
                range.end(),
                epoch == null ? -1 : epoch,
                range.lastAppendedAtMillis(),
                row.stored() + count(batch.events(), range.partition()),
                row.duplicates(),
                row.rejected() + count(batch.rejected(), range.partition()));
    }

    private static void recount(Backend backend, int partition, Verdicts verdicts) {
        @Nullable OffsetRow row = backend.offset(partition);
        if (row != null) {
            long duplicates = count(verdicts.duplicates(), partition);
            long conflicts = count(verdicts.rejected(), partition);
            backend.transaction()
                    .offsets
                    .put(
                            partition,
                            new OffsetRow(
                                    row.nextOffset(),
                                    row.leaderEpoch(),
                                    row.lastAppendedAtMillis(),
                                    row.stored() - duplicates - conflicts,
                                    row.duplicates() + duplicates,
                                    row.rejected() + conflicts));
        }
    }

    private static long count(List<? extends Row> rows, int partition) {
        return rows.stream().filter(row -> row.partition() == partition).count();
    }
}
