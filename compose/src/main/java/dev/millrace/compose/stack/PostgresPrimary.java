package dev.millrace.compose.stack;

import dev.millrace.compose.process.ChildCommand;
import dev.millrace.compose.process.Readiness;
import dev.millrace.compose.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The primary: the only server that is written to.
 *
 * @param data its data directory
 * @param port where it listens
 * @param superuser login to its {@code postgres} database
 */
record PostgresPrimary(PostgresInstallation installation, Path data, int port, JdbcUrl superuser) {
    static final String NAME = "primary";

    /**
     * Makes the data directory at the first start and writes the settings.
     *
     * @param major of the server's version
     * @param passwordFile holds the superuser's password
     * @return the command that starts it
     * @throws StackException USAGE if the data is of another major version
     */
    ChildCommand prepare(Supervisor supervisor, String major, Path passwordFile) throws IOException {
        if (!Files.exists(data)) {
            Path unfinished = data.resolveSibling(data.getFileName() + ".new");
            FileTree.delete(unfinished);
            supervisor.runToEnd(installation.initialisation(unfinished, passwordFile));
            PostgresConfiguration.include(unfinished);
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        }
        String found = Files.readString(data.resolve("PG_VERSION")).strip();
        if (!found.equals(major)) {
            throw new StackException(
                    StackException.Kind.USAGE,
                    data + " is of PostgreSQL " + found + ", this is " + major
                            + "; use --fresh and replay the topics, or another --data DIR");
        }
        new PostmasterLock(data).disownReusedPid();
        PostgresConfiguration.write(data, NAME, Map.of("port", Integer.toString(port)));
        return installation.server(NAME, data);
    }

    Readiness readiness() {
        return new DatabaseReadiness(superuser, "SELECT true");
    }
}
