package dev.millrace.sink.upkeep;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A database whose upkeep is tested. */
final class UpkeepDatabase implements AutoCloseable {
    private final TestDatabase database = TestDatabase.create();

    String ownerUrl() {
        return database.url() + "?user=" + TestDatabase.OWNER;
    }

    Connection session() throws SQLException {
        return database.connect(TestDatabase.OWNER);
    }

    /** Makes the partitions of these moments. */
    void partitions(PartitionInterval interval, String... moments) throws SQLException {
        TablePartitions partitions = new TablePartitions(ownerUrl(), interval);
        for (String moment : moments) {
            partitions.ensure(List.of(Instant.parse(moment)), Instant::toEpochMilli);
        }
    }

    /** Adds events with their identities, each with the time and with offsets from the first on. */
    void addEvents(String appendedAt, int firstOffset, int count) throws SQLException {
        String rows = " FROM generate_series(%d, %d) AS n".formatted(firstOffset, firstOffset + count - 1);
        execute(
                TestDatabase.WRITER,
                "INSERT INTO event_identity SELECT md5(n::text)::uuid, 0, n, '" + appendedAt + "'" + rows
                        + "; INSERT INTO event SELECT '" + appendedAt
                        + "', 0, n, NULL, md5(n::text)::uuid, 'lent', now(), jsonb_build_object('n', n), '{}'" + rows);
    }

    /** Says how far a Kafka partition is written. */
    void writtenUpTo(int partition, String appendedAt, String movedAt) throws SQLException {
        execute(
                TestDatabase.OWNER,
                "INSERT INTO sink_offset (topic, kafka_partition, topic_id, next_offset, last_appended_at, updated_at)"
                        + " VALUES ('events.v1', %d, 'id', 1, '%s', %s)".formatted(partition, appendedAt, movedAt));
    }

    void execute(String role, String sql) throws SQLException {
        try (Connection connection = database.connect(role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows of an answer, columns separated by bars. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = session();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    columns.add(String.valueOf(row.getString(column)));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        }
    }

    /** The attached partitions with their bounds in UTC. */
    List<String> attached() throws SQLException {
        try (Connection connection = session()) {
            return TablePartition.attached(connection).stream()
                    .map(partition -> partition.name() + " " + partition.from() + " " + partition.until())
                    .toList();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
