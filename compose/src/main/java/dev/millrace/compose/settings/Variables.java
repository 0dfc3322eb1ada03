package dev.millrace.compose.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Environment variables as settings: those without a value count as absent, and {@code NAME_FILE}
 * stands for {@code NAME} with what the file holds.
 */
final class Variables {
    private static final String FILE = "_FILE";
    private static final List<String> PREFIXES = List.of("SINK_", "QUERY_API_");

    private static final Map<String, String> KEYS = Scope.settings(List.of(Scope.values())).stream()
            .collect(Collectors.toMap(Setting::environmentName, Setting::key));

    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, String> kafka = new TreeMap<>();
    private final Map<String, String> problems = new TreeMap<>();

    Variables(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (!value.isEmpty()) {
                this.environment.put(name, value);
            }
        });
        this.environment.keySet().forEach(this::read);
    }

    /** Our own, by the name of the variable. */
    Map<String, String> values() {
        return values;
    }

    /** Those of Kafka's clients, by key. */
    Map<String, String> kafka() {
        return kafka;
    }

    /** By key, a sentence for each {@code NAME_FILE} that is of no use. */
    Map<String, String> problems() {
        return problems;
    }

    /** The variable that a value of this setting comes from. */
    String nameFor(Setting setting) {
        String name = setting.environmentName();
        return environment.containsKey(name) ? name : name + FILE;
    }

    /**
     * A sentence for each variable that looks like ours and is not.
     *
     * @param others names that are nobody's setting and stand in {@code DIR/env} all the same
     */
    List<String> warnings(Set<String> others) {
        List<String> warnings = new ArrayList<>();
        for (String name : environment.keySet()) {
            if (PREFIXES.stream().anyMatch(name::startsWith) && !isOurs(name) && !others.contains(name)) {
                warnings.add(name + " is no setting" + NearestName.suggestion(name, KEYS.keySet()));
            } else if (name.startsWith(KafkaPassThrough.VARIABLE_PREFIX) && !isKafkas(name)) {
                List<String> known = KafkaPassThrough.properties().stream()
                        .map(KafkaPassThrough::variable)
                        .toList();
                warnings.add(name + " is passed on, but Kafka's clients do not know it"
                        + NearestName.suggestion(name, known));
            }
        }
        return warnings;
    }

    private static boolean isOurs(String name) {
        return KEYS.containsKey(name) || (name.endsWith(FILE) && KEYS.containsKey(withoutFile(name)));
    }

    private static boolean isKafkas(String name) {
        return KafkaPassThrough.isKnown(KafkaPassThrough.property(name)) || namesFile(name);
    }

    private void read(String name) {
        if (!namesFile(name)) {
            put(name, environment.getOrDefault(name, ""));
        } else if (environment.containsKey(withoutFile(name))) {
            note(name, withoutFile(name) + " and " + name + " are both set; which of them is meant?");
        } else {
            content(name).ifPresent(value -> put(withoutFile(name), value));
        }
    }

    /** Some properties of Kafka end in {@code .file} themselves. */
    private static boolean namesFile(String name) {
        if (!name.endsWith(FILE)) {
            return false;
        }
        return name.startsWith(KafkaPassThrough.VARIABLE_PREFIX)
                ? !KafkaPassThrough.isKnown(KafkaPassThrough.property(name))
                        && KafkaPassThrough.isKnown(KafkaPassThrough.property(withoutFile(name)))
                : KEYS.containsKey(withoutFile(name));
    }

    private static String withoutFile(String name) {
        return name.substring(0, name.length() - FILE.length());
    }

    private void note(String fileName, String problem) {
        problems.put(key(withoutFile(fileName)), problem);
    }

    private static String key(String name) {
        return name.startsWith(KafkaPassThrough.VARIABLE_PREFIX)
                ? KafkaPassThrough.PREFIX + KafkaPassThrough.property(name)
                : KEYS.getOrDefault(name, name);
    }

    private void put(String name, String value) {
        if (name.startsWith(KafkaPassThrough.VARIABLE_PREFIX)) {
            kafka.put(key(name), value);
        } else if (KEYS.containsKey(name)) {
            values.put(name, value);
        }
    }

    /** What the file holds, without the line end that editors put there. */
    private Optional<String> content(String name) {
        String file = environment.getOrDefault(name, "");
        try {
            String content = Files.readString(Path.of(file)).replaceFirst("\\R\\z", "");
            if (!content.isEmpty()) {
                return Optional.of(content);
            }
            note(name, name + ": " + file + " is empty");
        } catch (IOException | InvalidPathException failure) {
            note(name, name + ": " + FileProblem.of(file, failure));
        }
        return Optional.empty();
    }
}
