package dev.millrace.query.read;

import dev.millrace.schemas.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What the sink has stored, as one snapshot shows it. A partition that it has not begun counts as
 * empty, so that the first event of all can be waited for.
 *
 * @param topicId Kafka's id of the topic; empty when nothing was begun
 * @param events records stored as events since the beginning
 * @param rejected records that were no event
 */
record StoredOffsets(String topicId, CompleteThrough through, long events, long rejected) {
    private static final String SELECT = "SELECT kafka_partition, next_offset, last_appended_at, topic_id, stored,"
            + " rejected FROM sink_offset WHERE topic = ? ORDER BY kafka_partition";

    static Sql question() {
        return new Sql().add(SELECT, Topic.EVENTS.topicName());
    }

    static StoredOffsets read(Connection connection) throws SQLException {
        try (PreparedStatement statement = question().prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            return read(rows);
        }
    }

    /** Reads the answer to {@link #question()}. */
    static StoredOffsets read(ResultSet rows) throws SQLException {
        String topicId = "";
        List<Bound> bounds = new ArrayList<>();
        long events = 0;
        long rejected = 0;
        while (rows.next()) {
            fill(bounds, rows.getInt(1));
            OffsetDateTime last = rows.getObject(3, OffsetDateTime.class);
            bounds.add(new Bound(rows.getLong(2) - 1, last == null ? null : last.toInstant()));
            topicId = rows.getString(4);
            events += rows.getLong(5);
            rejected += rows.getLong(6);
        }
        fill(bounds, Topic.EVENTS.partitions());
        return new StoredOffsets(topicId, new CompleteThrough(bounds), events, rejected);
    }

    private static void fill(List<Bound> bounds, int partitions) {
        while (bounds.size() < partitions) {
            bounds.add(Bound.NONE);
        }
    }
}
