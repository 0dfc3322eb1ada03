package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What upkeep has to remember of a table, kept in the table's comment: it survives us, a restore and a failover. */
enum TableMark {
    /** Frozen and analysed after its last row. */
    SEALED("[millrace: sealed]"),
    /** Too old to be kept, so to be dropped as soon as nothing leads to it. */
    RETIRED("[millrace: retired]");

    private final String text;

    TableMark(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    boolean isOn(TablePartition partition) {
        return partition.comment().contains(text);
    }

    /** Adds it to what the comment says; once. */
    void put(Connection connection, TablePartition partition) throws SQLException {
        if (isOn(partition)) {
            return;
        }
        String comment = (partition.comment() + " " + text).strip().replace("'", "''");
        try (Statement statement = connection.createStatement()) {
            statement.execute("COMMENT ON TABLE " + partition.name() + " IS '" + comment + "'");
        }
    }
}
