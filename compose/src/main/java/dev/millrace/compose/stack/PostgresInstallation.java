package dev.millrace.compose.stack;

import dev.millrace.compose.process.ChildCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Unpacked programs and how to run them as the user that we are.
 *
 * @param directory where they are unpacked
 * @param prefix what to put before each command
 */
record PostgresInstallation(Path directory, List<String> prefix) {
    /** INT lets no client hold up the end; QUIT does not even write a checkpoint. */
    private static final List<String> STOP_SIGNALS = List.of("INT", "QUIT");

    /** A server on a data directory; all its settings are in there. */
    ChildCommand server(String name, Path data) {
        return command(name, "postgres", List.of("-D", data.toString()), STOP_SIGNALS, data);
    }

    /**
     * Makes a new data directory.
     *
     * @param passwordFile holds the superuser's password
     */
    ChildCommand initialisation(Path data, Path passwordFile) {
        List<String> arguments = List.of(
                "--pgdata=" + data,
                "--username=" + Role.SUPERUSER.roleName(),
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                // Sorts by code point, the same on every machine and in every version.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        return command("initdb", "initdb", arguments, List.of("TERM"), data);
    }

    private ChildCommand command(String name, String program, List<String> arguments, List<String> signals, Path data) {
        List<String> line = new ArrayList<>(prefix);
        line.add(directory.resolve("bin").resolve(program).toString());
        line.addAll(arguments);
        // Nothing of the user's own PG* or locale settings.
        Map<String, String> environment =
                Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "LC_ALL", "C", "TZ", "UTC");
        return new ChildCommand(name, line, environment, signals, data);
    }
}
