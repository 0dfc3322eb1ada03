package dev.millrace.compose.stack;

import dev.millrace.compose.process.ChildCommand;
import dev.millrace.compose.process.SupervisedChild;
import dev.millrace.schemas.database.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Starts both servers and brings them to where the services can use them. */
final class DatabaseStart {
    private static final String SUPERUSERS_DATABASE = "postgres";
    private static final Duration LOOK_AT_THE_SLOT = Duration.ofSeconds(5);

    private final StackDirectory directory;
    private final Ports ports;
    private final Secrets secrets;
    private final Launch launch;

    DatabaseStart(StackDirectory directory, Ports ports, Secrets secrets, Launch launch) {
        this.directory = directory;
        this.ports = ports;
        this.secrets = secrets;
        this.launch = launch;
    }

    /** @param commandPrefix what to put before each of the servers' commands */
    void run(List<String> commandPrefix) throws IOException, SQLException {
        PostgresBinaries binaries = PostgresBinaries.forThisMachine();
        Path programs = directory.postgres(binaries.version());
        if (!Files.exists(programs)) {
            binaries.unpackInto(programs, launch.progress());
            launch.progress().say("PostgreSQL " + binaries.version() + " unpacked");
        }
        PostgresInstallation installation = new PostgresInstallation(programs, commandPrefix);
        PostgresPrimary primary =
                new PostgresPrimary(installation, directory.primary(), ports.primary(), superuser(ports.primary()));
        ChildCommand primaryCommand =
                primary.prepare(launch.supervisor(), binaries.major(), secrets.file(Role.SUPERUSER));
        launch.awaitReady(launch.begin(primaryCommand), primary.readiness());
        new RoleSetup(secrets).complete(primary.superuser());
        migrate();
        PostgresReplica replica =
                new PostgresReplica(installation, directory.replica(), ports.replica(), superuser(ports.replica()));
        JdbcUrl replicator = login(ports.primary(), SUPERUSERS_DATABASE, Role.REPLICATOR);
        SupervisedChild replicaChild = launch.begin(replica.prepare(primary, replicator));
        launch.awaitReady(replicaChild, replica.readiness(position(primary)));
        launch.supervisor()
                .repeat(
                        new ReplicaClone(primary, replica, replicator, replicaChild, launch.progress()),
                        LOOK_AT_THE_SLOT);
    }

    private void migrate() throws IOException {
        JdbcUrl owner = login(ports.primary(), RoleSetup.DATABASE, Role.OWNER);
        int applied = new Migrations(owner.address(), owner.user(), owner.password()).migrate();
        if (applied > 0) {
            launch.progress().say("migrations applied: " + applied);
        }
    }

    /** Where the primary's log ends now: a replica that is there has roles, database and tables. */
    private static String position(PostgresPrimary primary) throws SQLException {
        try (Sql sql = new Sql(primary.superuser())) {
            return Objects.requireNonNull(sql.ask("SELECT pg_current_wal_flush_lsn()"));
        }
    }

    private JdbcUrl superuser(int port) throws IOException {
        return login(port, SUPERUSERS_DATABASE, Role.SUPERUSER);
    }

    private JdbcUrl login(int port, String database, Role role) throws IOException {
        return JdbcUrl.of(port, database, role.roleName(), secrets.password(role));
    }
}
