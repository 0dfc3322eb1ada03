package dev.millrace.schemas.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Brings a database to the schema of this build, as {@code millrace_owner}. Repeating it changes
 * nothing. Run as a command of its own, never by a service at its start: many would run it at once.
 */
public final class Migrations {
    private final Flyway flyway;

    /**
     * @param jdbcUrl the primary, without credentials
     * @param user a role that owns the database
     */
    public Migrations(String jdbcUrl, String user, String password) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(jdbcUrl, user, password)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .cleanDisabled(true);
        // Flyway's usual lock needs a second connection, which also writes the history: a process that
        // dies between the two commits would leave tables that no later run knows of.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        flyway = configuration.load();
    }

    /**
     * Applies what is missing.
     *
     * @return how many migrations were applied; 0 when the schema was current
     * @throws org.flywaydb.core.api.FlywayException if the database cannot be reached, or holds
     *     migrations that this build does not know
     */
    public int migrate() {
        MigrateResult result = flyway.migrate();
        return result.migrationsExecuted;
    }
}
