package dev.millrace.compose.stack;

import java.io.IOException;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Makes the roles, the database and its extensions on the primary. Repeating it changes nothing. */
final class RoleSetup {
    static final String DATABASE = "millrace";

    private final Secrets secrets;

    RoleSetup(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Completes a primary, logged in to it as superuser. */
    void complete(JdbcUrl superuser) throws SQLException, IOException {
        try (Sql sql = new Sql(superuser)) {
            for (Role role : Role.values()) {
                completeRole(sql, role);
            }
            sql.run("GRANT pg_monitor, pg_checkpoint TO millrace_owner");
            sql.run("ALTER ROLE millrace_replicator REPLICATION");
            sql.run("ALTER ROLE millrace_reader SET default_transaction_read_only = on");
            // A generic plan cannot know which table partitions a question needs.
            sql.run("ALTER ROLE millrace_reader SET plan_cache_mode = force_custom_plan");
            if (sql.ask("SELECT 1 FROM pg_database WHERE datname = ?", DATABASE) == null) {
                sql.run("CREATE DATABASE " + DATABASE + " OWNER millrace_owner");
            }
        }
        try (Sql sql = new Sql(superuser.in(DATABASE))) {
            sql.run("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            // Says how long the pending list of a GIN index is; members of pg_monitor may ask.
            sql.run("CREATE EXTENSION IF NOT EXISTS pgstattuple");
        }
    }

    private void completeRole(Sql sql, Role role) throws SQLException, IOException {
        if (sql.ask("SELECT 1 FROM pg_roles WHERE rolname = ?", role.roleName()) == null) {
            sql.run("CREATE ROLE " + role.roleName() + " LOGIN");
        }
        // The driver hashes it: the password itself never reaches a statement or a log.
        sql.connection()
                .unwrap(PGConnection.class)
                .alterUserPassword(role.roleName(), secrets.password(role).toCharArray(), "scram-sha-256");
    }
}
