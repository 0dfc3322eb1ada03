package dev.millrace.compose.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A file of properties, in UTF-8.
 *
 * @param values by key, stripped of surrounding blanks
 * @param problems why it could not be read; empty if it could
 */
record SettingsFile(Map<String, String> values, List<String> problems) {
    static SettingsFile read(Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException failure) {
            return new SettingsFile(Map.of(), List.of(FileProblem.of(path.toString(), failure)));
        }
        Map<String, String> values = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> values.put(key, properties.getProperty(key, "").strip()));
        return new SettingsFile(values, List.of());
    }
}
