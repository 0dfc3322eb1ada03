package dev.millrace.compose.bench;

import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.compose.bench.PreparedRows.PreparedBatch;
import dev.millrace.schemas.Topic;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.write.CopyImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What the database takes at best over one connection: rows that were encoded beforehand, in the sink's
 * transactions (offsets, identities, events), one after the other, without Kafka.
 */
final class CopyContender implements Contender {
    private static final String TOPIC = Topic.EVENTS.topicName();
    private static final int SEND_BYTES = 1 << 16;

    private static final String ENROL = """
            INSERT INTO sink_offset (topic, kafka_partition, topic_id, next_offset)
            SELECT '%s', kafka_partition, 'bench', 0 FROM generate_series(0, %d) AS kafka_partition
            """.formatted(TOPIC, Topic.EVENTS.partitions() - 1);

    private static final String ADVANCE = """
            UPDATE sink_offset
            SET next_offset = ?, last_appended_at = timestamptz 'epoch' + ? * interval '1 millisecond',
                stored = stored + ?, updated_at = now()
            WHERE topic = ? AND kafka_partition = ? AND next_offset = ?
            """;

    private final String name;
    private final Schema schema;
    private final Addresses addresses;
    private final PreparedRows rows;
    private final Supplier<CommitClock> clocks;
    private final CountDownLatch stop;
    private byte[] buffer = new byte[1 << 23];

    CopyContender(
            String name,
            Schema schema,
            Addresses addresses,
            PreparedRows rows,
            Supplier<CommitClock> clocks,
            CountDownLatch stop) {
        this.name = name;
        this.schema = schema;
        this.addresses = addresses;
        this.rows = rows;
        this.clocks = clocks;
        this.stop = stop;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Run run() throws SQLException, IOException {
        CommitClock clock = clocks.get();
        try (PendingListLane lane = new PendingListLane(addresses.owner());
                Connection connection = DriverManager.getConnection(addresses.writer());
                RandomAccessFile file = new RandomAccessFile(rows.file().toFile(), "r")) {
            lane.begin();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(schema.choose());
                statement.execute(ENROL);
                connection.commit();
            }
            long handled = 0;
            for (PreparedBatch batch : rows.batches()) {
                if (stop.getCount() == 0) {
                    throw new CancellationException("stopped");
                }
                write(connection, file, batch);
                handled += batch.events();
                clock.see(handled);
            }
            return clock.end(handled);
        }
    }

    private void write(Connection connection, RandomAccessFile file, PreparedBatch batch)
            throws SQLException, IOException {
        advance(connection, batch);
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        copy(copies, CopyImage.IDENTITIES, file, batch.position(), batch.identityBytes());
        copy(copies, CopyImage.EVENTS, file, batch.position() + batch.identityBytes(), batch.eventBytes());
        connection.commit();
    }

    private void copy(CopyManager copies, String statement, RandomAccessFile file, long position, int length)
            throws SQLException, IOException {
        if (buffer.length < length) {
            buffer = new byte[length];
        }
        file.seek(position);
        file.readFully(buffer, 0, length);
        copies.copyIn(statement, new ByteArrayInputStream(buffer, 0, length), SEND_BYTES);
    }

    private static void advance(Connection connection, PreparedBatch batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            for (OffsetRange range : batch.ranges()) {
                statement.setLong(1, range.end());
                statement.setLong(2, range.lastAppendedAtMillis());
                statement.setLong(3, range.end() - range.start());
                statement.setString(4, TOPIC);
                statement.setInt(5, range.partition());
                statement.setLong(6, range.start());
                statement.addBatch();
            }
            for (int updated : statement.executeBatch()) {
                if (updated != 1) {
                    throw new IllegalStateException("an offset stands somewhere else: " + batch.ranges());
                }
            }
        }
    }
}
