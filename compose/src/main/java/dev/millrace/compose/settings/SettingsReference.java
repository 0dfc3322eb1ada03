package dev.millrace.compose.settings;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page {@code docs/settings.md}, made from the definitions themselves. */
final class SettingsReference {
    private static final String INTRODUCTION = """
            # Settings

            Written by `SettingsReferenceTest` from the definitions in the code (`-Dgolden.update` rewrites it).

            A setting comes from, the strongest first:

            1. a flag: `--set sink.port=9082`, `--port 9082`;
            2. the environment: `SINK_PORT=9082`, or `SINK_PORT_FILE` with a file that holds it;
            3. the running stack, `DIR/env`: addresses and logins, where nobody said otherwise;
            4. a file of properties: `--config FILE` with `sink.port=9082`;
            5. the default.

            An unknown key is an error in flags and in the file, and a warning in the environment. A variable without a
            value counts as absent. Everything that is wrong is told in one message, with exit code 2. A password may
            stand in the environment or in a file, and is refused on a command line.

            `millrace config print` shows what holds and where it comes from; `millrace config check sink` looks without
            starting anything.
            """;

    private static final String KAFKA = """

            ## Kafka's clients

            `kafka.NAME` is any property of Kafka's consumer, producer or admin client; what is set reaches all of ours. In
            the environment it is `KAFKA_NAME` by the rule of Kafka's Docker image: a dot is `_`, an underscore `__`, a
            dash `___`; so `security.protocol` is `KAFKA_SECURITY_PROTOCOL`. A variable that Kafka does not know is passed
            on with a warning, for plug-ins. What the promises of a service rest on can only be set to what it is anyway, or
            not at all (the sink's `group.id` is `sink.group`):

            """;

    private SettingsReference() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(INTRODUCTION).append("""

                | key | variable | default | of | meaning |
                |---|---|---|---|---|
                """);
        List<Scope> everybody = List.of(Scope.values());
        Scope.settings(everybody).forEach(setting -> page.append(line(setting)));
        page.append(KAFKA);
        everybody.stream()
                .filter(Scope::usesKafka)
                .forEach(scope -> page.append("- `" + scope.command() + "`: ")
                        .append(joined(fixed(scope), Function.identity()))
                        .append("\n"));
        return page.toString();
    }

    private static String line(Setting setting) {
        Stream<Scope> users = Stream.of(Scope.values())
                .filter(scope -> Scope.settings(List.of(scope)).contains(setting));
        return "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                        setting.key(),
                        setting.environmentName(),
                        setting.byDefault().map(SettingsReference::shown).orElse("has to be set"),
                        joined(users, Scope::command),
                        setting.meaning());
    }

    private static String shown(String byDefault) {
        return byDefault.isEmpty() ? "none" : "`" + byDefault + "`";
    }

    /** Asks the service itself, with a value that no property has. */
    private static Stream<String> fixed(Scope scope) {
        return KafkaPassThrough.properties().stream()
                .filter(property -> !scope.forbidden(Map.of(property, "?")).isEmpty());
    }

    private static <T> String joined(Stream<T> items, Function<T, String> name) {
        return items.map(item -> "`" + name.apply(item) + "`").collect(Collectors.joining(", "));
    }
}
