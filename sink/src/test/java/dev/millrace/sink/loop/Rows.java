package dev.millrace.sink.loop;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into a database of a test, or changes it as a person would. */
record Rows(TestDatabase database) {
    /** Each row with {@code |} between its columns. */
    List<String> query(String sql) {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    columns.add(rows.getString(column));
                }
                lines.add(String.join("|", columns));
            }
            return lines;
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    long number(String sql) {
        List<String> lines = query(sql);
        return lines.isEmpty() ? -1 : Long.parseLong(lines.get(0));
    }

    long nextOffset(int partition) {
        return number("SELECT next_offset FROM sink_offset WHERE kafka_partition = " + partition);
    }

    void execute(String sql) {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }
}
