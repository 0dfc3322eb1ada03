package dev.millrace.compose.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Settings in a file, one {@code NAME=value} a line, unquoted.
 *
 * @param path the file; it need not exist
 */
public record EnvironmentFile(Path path) {
    /**
     * Writes it as a whole, readable by its owner alone.
     *
     * @throws IllegalArgumentException if a name or value cannot be written in one line
     */
    public void write(Map<String, String> settings) throws IOException {
        settings.forEach((name, value) -> {
            if (!name.matches("[A-Z][A-Z0-9_]*") || value.lines().count() > 1) {
                throw new IllegalArgumentException("not a setting for " + path + ": " + name);
            }
        });
        PrivateFile.write(
                path,
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Reads it, in the order of the file; lines without {@code =} are left out. */
    public Map<String, String> read() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String line : Files.readAllLines(path)) {
            int end = line.indexOf('=');
            if (end > 0) {
                settings.put(line.substring(0, end), line.substring(end + 1));
            }
        }
        return settings;
    }

    /** Deletes it; does nothing if there is none. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
