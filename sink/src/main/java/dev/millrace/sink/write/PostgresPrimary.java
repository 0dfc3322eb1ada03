package dev.millrace.sink.write;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.upkeep.TablePartitions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;

/** The steps of the transaction in SQL, over one connection. Not thread-safe. */
final class PostgresPrimary implements Primary {
    /** How long another sink may hold an offset row that we need; a batch takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PrimarySession session;
    private final OffsetStore offsets;
    private final GapStore gaps;
    private final FrozenOwner frozenOwner;
    private final TablePartitions tablePartitions;
    private final RowWriter copy;
    private final RowWriter insert;
    private final RowWriter isolate;
    private final TransactionWatch watch;

    /**
     * @param watch told of a transaction from its first step on until it has ended or is given up
     */
    PostgresPrimary(
            PrimaryLogin login, String topic, String topicId, TablePartitions tablePartitions, TransactionWatch watch) {
        this.watch = watch;
        session = new PrimarySession(login);
        offsets = new OffsetStore(topic, topicId);
        gaps = new GapStore(topic);
        frozenOwner = new FrozenOwner(new PrimarySession(login.named(login.name() + "-watch")), PATIENCE);
        this.tablePartitions = tablePartitions;
        CopyRowWriter rows = new CopyRowWriter(topic, new CopyStream(new CopyBuffer()));
        copy = rows;
        InsertRowWriter careful = new InsertRowWriter(rows);
        insert = careful;
        isolate = new IsolatingRowWriter(rows, careful);
    }

    @Override
    public void makeRoom(Batch batch) throws SQLException {
        // First the server that we may write to: no table is to be made on any other.
        session.connection();
        tablePartitions.ensure(batch.events(), EventRow::appendedAtMillis);
    }

    @Override
    public void forgetRoom() {
        tablePartitions.forget();
    }

    @Override
    public List<StoredOffset> lockOffsets(Collection<Integer> partitions) throws SQLException {
        tablePartitions.checkSchema();
        Connection connection = session.connection();
        return frozenOwner.outwait(connection, () -> offsets.read(connection, partitions));
    }

    @Override
    public void passGaps(Collection<Gap> passed) throws SQLException {
        gaps.pass(session.connectionInUse(), passed);
    }

    @Override
    public List<Gap> acceptGaps() throws SQLException {
        tablePartitions.checkSchema();
        return gaps.accept(session.connection());
    }

    @Override
    public Set<Integer> advance(Batch batch) throws SQLException {
        Connection connection = session.connection();
        watch.begin(connection.unwrap(PGConnection.class).getBackendPID());
        return frozenOwner.outwait(connection, () -> offsets.advance(connection, batch));
    }

    @Override
    public Verdicts writeRows(Batch batch, WritePath path) throws SQLException {
        RowWriter rows = switch (path) {
            case COPY -> copy;
            case INSERT -> insert;
            case ISOLATE -> isolate;
        };
        return rows.write(session.connectionInUse(), batch);
    }

    @Override
    public void recount(Batch batch, Verdicts verdicts) throws SQLException {
        offsets.recount(session.connectionInUse(), batch, verdicts);
    }

    @Override
    public void commit() throws SQLException {
        session.connectionInUse().commit();
        watch.end();
    }

    @Override
    public void rollback() throws SQLException {
        session.connectionInUse().rollback();
        watch.end();
    }

    @Override
    public void discard() {
        session.discard();
        watch.end();
    }

    @Override
    public void close() {
        watch.close();
        frozenOwner.close();
        session.close();
    }
}
