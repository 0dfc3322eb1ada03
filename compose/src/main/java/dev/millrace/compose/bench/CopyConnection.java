package dev.millrace.compose.bench;

import dev.millrace.compose.bench.PreparedRows.PreparedBatch;
import dev.millrace.schemas.Topic;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.write.CopyImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Writes prepared batches over one connection, each in a transaction such as the sink's. Not thread-safe. */
final class CopyConnection implements AutoCloseable {
    private static final String TOPIC = Topic.EVENTS.topicName();
    private static final int SEND_BYTES = 1 << 16;

    private static final String ENROL = """
            INSERT INTO sink_offset (topic, kafka_partition, topic_id, next_offset)
            SELECT '%s', kafka_partition, 'bench', 0 FROM generate_series(0, %d) AS kafka_partition
            ON CONFLICT DO NOTHING
            """.formatted(TOPIC, Topic.EVENTS.partitions() - 1);

    private static final String ADVANCE = """
            UPDATE sink_offset
            SET next_offset = ?, last_appended_at = timestamptz 'epoch' + ? * interval '1 millisecond',
                stored = stored + ?, updated_at = now()
            WHERE topic = ? AND kafka_partition = ? AND next_offset = ?
            """;

    private final Connection connection;
    private final RandomAccessFile file;
    private byte[] buffer = new byte[1 << 23];

    /**
     * Makes the rows of the offsets if they are not there.
     *
     * @param writerUrl JDBC address of the primary with the sink's own credentials
     * @param rows file of the batches
     */
    CopyConnection(String writerUrl, Schema schema, Path rows) throws SQLException, IOException {
        file = new RandomAccessFile(rows.toFile(), "r");
        connection = DriverManager.getConnection(writerUrl);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(schema.choose());
            statement.execute(CopyImage.SESSION);
            statement.execute(ENROL);
            connection.commit();
        }
    }

    void write(PreparedBatch batch) throws SQLException, IOException {
        advance(batch);
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        copy(copies, CopyImage.IDENTITIES, batch.position(), batch.identityBytes());
        copy(copies, CopyImage.EVENTS, batch.position() + batch.identityBytes(), batch.eventBytes());
        connection.commit();
    }

    @Override
    public void close() throws SQLException, IOException {
        connection.close();
        file.close();
    }

    private void copy(CopyManager copies, String statement, long position, int length)
            throws SQLException, IOException {
        if (buffer.length < length) {
            buffer = new byte[length];
        }
        file.seek(position);
        file.readFully(buffer, 0, length);
        copies.copyIn(statement, new ByteArrayInputStream(buffer, 0, length), SEND_BYTES);
    }

    private void advance(PreparedBatch batch) throws SQLException {
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
