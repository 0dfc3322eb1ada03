package dev.millrace.compose.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** The settings of a server: {@code millrace.conf}, written anew at each start. */
final class PostgresConfiguration {
    private static final String FILE = "millrace.conf";

    private PostgresConfiguration() {}

    /** Makes a new data directory read our settings after its own. */
    static void include(Path data) throws IOException {
        Files.writeString(data.resolve("postgresql.conf"), "\ninclude '" + FILE + "'\n", StandardOpenOption.APPEND);
    }

    /**
     * Writes the settings.
     *
     * @param part {@code primary} or {@code replica}
     * @param ownSettings what only this machine's server has
     */
    static void write(Path data, String part, Map<String, String> ownSettings) throws IOException {
        String tuning = MemoryScale.ofThisMachine().apply(resource("common") + resource(part));
        StringBuilder text = new StringBuilder(tuning);
        text.append("\n# This one.\n\n");
        ownSettings.forEach((name, value) -> text.append("%s = '%s'%n".formatted(name, value.replace("'", "''"))));
        PrivateFile.write(data.resolve(FILE), text.toString());
    }

    private static String resource(String name) throws IOException {
        String path = "/postgres/" + name + ".conf";
        try (InputStream file = PostgresConfiguration.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("no " + path + " in this build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
