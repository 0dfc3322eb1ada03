package dev.millrace.compose.history;

import dev.millrace.schemas.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Ranges of offsets that a person let the sink leave out. Those that still wait for a person excuse nothing. */
record Gaps(List<Range> ranges) {

    /** @param until exclusive */
    record Range(int partition, long from, long until) {}

    static Gaps read(Connection connection, String topic) throws SQLException {
        List<Range> ranges = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT kafka_partition, from_offset, until_offset
                FROM sink_gap WHERE topic = ? AND accepted_at IS NOT NULL
                """)) {
            statement.setString(1, topic);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ranges.add(new Range(rows.getInt(1), rows.getLong(2), rows.getLong(3)));
                }
            }
        }
        return new Gaps(ranges);
    }

    boolean contain(Position position) {
        return ranges.stream()
                .anyMatch(range -> range.partition() == position.partition()
                        && range.from() <= position.offset()
                        && position.offset() < range.until());
    }
}
