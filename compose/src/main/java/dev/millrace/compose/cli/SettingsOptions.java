package dev.millrace.compose.cli;

import dev.millrace.compose.settings.Scope;
import dev.millrace.compose.settings.Setting;
import dev.millrace.compose.settings.Settings;
import dev.millrace.compose.settings.SettingsSources;
import dev.millrace.compose.stack.StackDirectory;
import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import dev.millrace.compose.stack.StackSettings;
import dev.millrace.query.QueryApiKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command's settings come from; for every command that has any. */
final class SettingsOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private DataOption data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties, a key=value a line; flags, environment and a running stack win over it.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting, which wins over all others; may be repeated. Not for passwords.")
    private Map<String, String> flags = new LinkedHashMap<>();

    /** Reads all of them, and tells of variables that look like settings and are none. */
    Settings read() throws IOException {
        Settings settings = Settings.read(new SettingsSources(
                flags,
                System.getenv(),
                new StackSettings(directory()).ofRunningStack(),
                directory().environment().toString(),
                StackSettings.NAMES,
                Optional.ofNullable(file)));
        warn(command, settings);
        return settings;
    }

    StackDirectory directory() {
        return data.directory();
    }

    /** A flag of its own for a setting that people often change; wins over {@code --set}. */
    void flag(String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }

    /**
     * Reads what a service needs.
     *
     * @throws StackException USAGE naming everything that is wrong, UNAVAILABLE if all that is wrong is
     *     that something is missing and no stack is ready that could tell it
     */
    Settings require(Scope scope) throws IOException {
        Settings settings = read();
        List<String> problems = settings.problems(List.of(scope));
        List<Setting> missing = settings.missing(List.of(scope));
        if (!problems.isEmpty()) {
            throw new StackException(Kind.USAGE, SettingsReport.message(problems, missing));
        }
        if (!missing.isEmpty()) {
            throw new StackException(
                    Kind.UNAVAILABLE,
                    "no stack is ready in " + directory().root() + "; start one with 'millrace up', name its directory"
                            + " with --data, or set "
                            + missing.stream().map(Setting::environmentName).collect(Collectors.joining(", ")));
        }
        return settings;
    }

    /**
     * Looks at what the services of a new stack would inherit, before anything is started.
     *
     * @throws StackException USAGE naming everything that is wrong
     */
    static void requireGoodEnvironment(CommandSpec command, Map<String, String> environment) {
        Map<String, String> inherited = StackSettings.withoutOwn(environment);
        Settings settings = Settings.read(SettingsSources.ofEnvironment(inherited, StackSettings.NAMES));
        warn(command, settings);
        List<String> problems = settings.problems(List.of(Scope.SINK, Scope.QUERY_API));
        if (!problems.isEmpty()) {
            throw new StackException(Kind.USAGE, SettingsReport.message(problems, List.of()));
        }
    }

    /**
     * The same for a command that asks the query API of its new stack, and has no key for it.
     *
     * @throws StackException USAGE also if that query API would take keys
     */
    static void requireGoodEnvironmentWithoutKeys(CommandSpec command, Map<String, String> environment) {
        requireGoodEnvironment(command, environment);
        String variable = Setting.of(QueryApiKey.API_KEYS_FILE).environmentName();
        for (String name : List.of(variable, variable + "_FILE")) {
            if (!environment.getOrDefault(name, "").isEmpty()) {
                throw new StackException(
                        Kind.USAGE,
                        name + " is set, but this command asks the query API of its own stack without a key;"
                                + " run it without that variable");
            }
        }
    }

    private static void warn(CommandSpec command, Settings settings) {
        settings.warnings().forEach(warning -> command.commandLine().getErr().println("millrace: warning: " + warning));
    }
}
