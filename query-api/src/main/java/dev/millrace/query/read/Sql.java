package dev.millrace.query.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement in the making: its text, and beside it the values for the question marks in it. Values
 * never become text. Not thread-safe.
 */
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    /** Appends text, and the values of the question marks in it. */
    Sql add(String sql, Object... boundValues) {
        text.append(sql);
        for (Object value : boundValues) {
            values.add(value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        }
        return this;
    }

    /** Appends another statement, or a part of one. */
    Sql add(Sql part) {
        text.append(part.text);
        values.addAll(part.values);
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        for (int index = 0; index < values.size(); index++) {
            statement.setObject(index + 1, values.get(index));
        }
        return statement;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
