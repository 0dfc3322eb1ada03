package dev.millrace.sink.upkeep;

import dev.millrace.schemas.database.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/**
 * Makes the table partitions of {@code event} that a batch needs, if they were not made ahead. On the
 * same owner's address it looks whether the schema is that of this build. Thread-safe; two that make the same
 * partition at once wait for each other in the database.
 */
public final class TablePartitions {
    private final String ownerUrl;
    private final PartitionMaker maker;
    private final List<TablePartition> known = new CopyOnWriteArrayList<>();
    private volatile boolean schemaChecked;

    /** With a partition a month. */
    public TablePartitions(String ownerUrl) {
        this(ownerUrl, PartitionInterval.MONTH);
    }

    /**
     * @param ownerUrl JDBC address of the primary with the owner's credentials
     * @param interval of the partitions that are not there yet
     */
    public TablePartitions(String ownerUrl, PartitionInterval interval) {
        this.ownerUrl = ownerUrl;
        maker = new PartitionMaker(interval);
    }

    /**
     * Makes what these rows lack. Connects only for a time whose partition it has not seen, and allocates
     * nothing per row.
     *
     * @param appendedAtMillis of a row, milliseconds of Unix time
     * @throws SQLException if the database could not be asked; then nothing is half-made
     */
    public <R> void ensure(List<R> rows, ToLongFunction<R> appendedAtMillis) throws SQLException {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (R row : rows) {
            long time = appendedAtMillis.applyAsLong(row);
            first = Math.min(first, time);
            last = Math.max(last, time);
        }
        if (rows.isEmpty() || isKnown(first, last)) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(ownerUrl)) {
            connection.setAutoCommit(false);
            for (R row : rows) {
                long time = appendedAtMillis.applyAsLong(row);
                if (!isKnown(time, time)) {
                    TablePartition partition = maker.make(connection, Instant.ofEpochMilli(time));
                    connection.commit();
                    known.add(partition);
                }
            }
        }
    }

    /**
     * Refuses a database that is not of this build's schema. Asks it until it has answered once.
     *
     * @throws IllegalStateException if a person has to act; the message says how
     * @throws SQLException if the database could not be asked
     */
    public void checkSchema() throws SQLException {
        if (!schemaChecked) {
            Optional<String> mismatch = new Migrations(ownerUrl).mismatch();
            if (mismatch.isPresent()) {
                throw new IllegalStateException(mismatch.get());
            }
            schemaChecked = true;
        }
    }

    /** Asks the database again next time: a partition that was there may have been detached. */
    public void forget() {
        known.clear();
    }

    /** Whether one known partition covers both. */
    private boolean isKnown(long first, long last) {
        Instant from = Instant.ofEpochMilli(first);
        Instant to = Instant.ofEpochMilli(last);
        return known.stream().anyMatch(partition -> partition.covers(from) && partition.covers(to));
    }
}
