package dev.millrace.schemas.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the schema of this build, as {@code millrace_owner}. Repeating it changes
 * nothing. Run as a command of its own, never by a service at its start: many would run it at once.
 */
public final class Migrations {
    private final Flyway flyway;

    /** @param jdbcUrl the primary, with the user and password of a role that owns the database */
    public Migrations(String jdbcUrl) {
        this(jdbcUrl, null, null);
    }

    /**
     * @param jdbcUrl the primary, without credentials
     * @param user a role that owns the database
     */
    public Migrations(String jdbcUrl, @Nullable String user, @Nullable String password) {
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
     * @throws FlywayException if the database cannot be reached, or holds
     *     migrations that this build does not know
     */
    public int migrate() {
        MigrateResult result = flyway.migrate();
        return result.migrationsExecuted;
    }

    /**
     * Looks whether the database has the schema of this build; changes nothing.
     *
     * @return what a person has to do, empty if it has
     * @throws SQLException if the database could not be asked
     */
    public Optional<String> mismatch() throws SQLException {
        try {
            MigrationInfoService info = flyway.info();
            List<String> unknown = Stream.of(info.applied())
                    .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS
                            || migration.getState() == MigrationState.MISSING_SUCCESS)
                    .map(migration -> String.valueOf(migration.getVersion()))
                    .toList();
            if (!unknown.isEmpty()) {
                return Optional.of("this program is older than the database, which has migrations it does not know: "
                        + String.join(", ", unknown) + "; start the version that made them");
            }
            List<String> missing = Stream.of(info.pending())
                    .map(migration -> String.valueOf(migration.getVersion()))
                    .toList();
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the database is older than this program, it lacks migrations: "
                            + String.join(", ", missing) + "; run 'millrace migrate'");
        } catch (FlywayException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException fromDatabase) {
                    throw fromDatabase;
                }
            }
            throw failure;
        }
    }
}
