package dev.millrace.sink.upkeep;

import dev.millrace.schemas.database.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the table partitions of {@code event}, one a month of append time (UTC), before a batch
 * needs them. Each is created by itself and then attached: unlike {@code CREATE TABLE … PARTITION
 * OF}, that cancels no query on a replica. On the same owner's address it looks whether the schema is
 * that of this build. Thread-safe; two that make the same month at once wait for each other in the database.
 */
public final class TablePartitions {
    /** Any fixed number; all owners' connections of one database take the same lock. */
    private static final long ADVISORY_LOCK = 0x6D696C6C72616365L;

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'event_'uuuu_MM");

    private final String ownerUrl;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();
    private volatile boolean schemaChecked;

    /**
     * @param ownerUrl JDBC address of the primary with the owner's credentials
     */
    public TablePartitions(String ownerUrl) {
        this.ownerUrl = ownerUrl;
    }

    /**
     * Makes what is missing of these months. Connects only for a month it has not seen.
     *
     * @throws SQLException if the database could not be asked; then nothing is half-made
     */
    public void ensure(Set<YearMonth> months) throws SQLException {
        if (known.containsAll(months)) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(ownerUrl)) {
            connection.setAutoCommit(false);
            for (YearMonth month : months) {
                if (!known.contains(month)) {
                    make(connection, month);
                    connection.commit();
                    known.add(month);
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

    private static void make(Connection connection, YearMonth month) throws SQLException {
        String name = NAME.format(month);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '5s'");
            statement.execute("SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
            if (isAttached(connection, name)) {
                return;
            }
            statement.execute("CREATE TABLE " + name + " (LIKE event INCLUDING ALL)");
            statement.execute(
                    "ALTER TABLE event ATTACH PARTITION %s FOR VALUES FROM ('%s-01T00:00:00Z') TO ('%s-01T00:00:00Z')"
                            .formatted(name, month, month.plusMonths(1)));
        }
    }

    private static boolean isAttached(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'event'::regclass"
                        + " AND inhrelid = to_regclass(?))")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
