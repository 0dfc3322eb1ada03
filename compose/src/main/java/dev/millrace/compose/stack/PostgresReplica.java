package dev.millrace.compose.stack;

import dev.millrace.compose.process.ChildCommand;
import dev.millrace.compose.process.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The streaming replica: the only server that is read from. A replication slot keeps what it has
 * not received yet.
 *
 * @param data its data directory
 * @param port where it listens
 * @param superuser login to its {@code postgres} database
 */
record PostgresReplica(PostgresInstallation installation, Path data, int port, JdbcUrl superuser) {
    static final String NAME = "replica";

    /** Also in replica.conf. */
    private static final String SLOT = "replica";

    /**
     * Clones the primary, at the first start and when the slot has lost what the replica needs, and
     * writes the settings.
     *
     * @param primary the running primary
     * @param replicator login of the stream to the primary
     * @return the command that starts it
     */
    ChildCommand prepare(PostgresPrimary primary, JdbcUrl replicator) throws IOException, SQLException {
        try (Sql sql = new Sql(primary.superuser())) {
            if (!canGoOn(sql)) {
                clone(sql, primary.data());
            }
        }
        new PostmasterLock(data).disownReusedPid();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("port", Integer.toString(port));
        settings.put(
                "primary_conninfo",
                "host=%s port=%d user=%s password=%s application_name=%s"
                        .formatted(Ports.HOST, primary.port(), replicator.user(), replicator.password(), NAME));
        PostgresConfiguration.write(data, NAME, settings);
        return installation.server(NAME, data);
    }

    /** Streams, and has replayed a position of the primary's log. */
    Readiness readiness(String position) {
        return new DatabaseReadiness(
                superuser,
                "SELECT pg_last_wal_replay_lsn() >= '%s' AND EXISTS (SELECT FROM pg_stat_wal_receiver)"
                        .formatted(position));
    }

    /** Whether it has data, and the primary still has all the log that follows. */
    boolean canGoOn(PostgresPrimary primary) throws SQLException {
        try (Sql sql = new Sql(primary.superuser())) {
            return canGoOn(sql);
        }
    }

    private boolean canGoOn(Sql sql) throws SQLException {
        String status = sql.ask("SELECT wal_status FROM pg_replication_slots WHERE slot_name = ?", SLOT);
        return Files.exists(data) && status != null && !status.equals("lost");
    }

    private void clone(Sql sql, Path primaryData) throws IOException, SQLException {
        FileTree.delete(data);
        if (sql.ask("SELECT 1 FROM pg_replication_slots WHERE slot_name = ?", SLOT) != null) {
            sql.ask("SELECT pg_drop_replication_slot(?)", SLOT);
        }
        // The slot first: from now on, all that the clone will need is kept.
        sql.ask("SELECT pg_create_physical_replication_slot(?, true)", SLOT);
        Path unfinished = data.resolveSibling(data.getFileName() + ".new");
        FileTree.delete(unfinished);
        new BaseBackup(sql).copy(primaryData, unfinished);
        Files.createFile(unfinished.resolve("standby.signal"));
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }
}
