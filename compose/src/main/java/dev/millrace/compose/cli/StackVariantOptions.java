package dev.millrace.compose.cli;

import dev.millrace.compose.bench.StackVariant;
import dev.millrace.compose.settings.Settings;
import dev.millrace.compose.settings.SettingsSources;
import dev.millrace.compose.stack.StackSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a measurement's stack has otherwise than usual, so that anyone can measure with and without. */
final class StackVariantOptions {
    @Option(
            names = "--sink",
            paramLabel = "NAME=VALUE",
            description = "An environment variable of the sink, SINK_... or KAFKA_..., as SINK_BATCH_MAX_ROWS=10000;"
                    + " may be repeated. Contenders of a drain besides the sink stay as they are.")
    private Map<String, String> sink = new LinkedHashMap<>();

    @Option(
            names = "--sink-jvm",
            paramLabel = "OPTION",
            description = "An option of the sink's Java, as --sink-jvm=-XX:TieredStopAtLevel=4; may be repeated.")
    private List<String> sinkJvm = List.of();

    @Option(
            names = "--postgres",
            paramLabel = "NAME=VALUE",
            description =
                    "A setting of both servers that needs no restart, as wal_compression=pglz; may be" + " repeated.")
    private Map<String, String> postgres = new LinkedHashMap<>();

    /**
     * What was asked for.
     *
     * @param command that has these options
     * @throws ParameterException if the sink has no such setting, or not for us to change
     * @throws dev.millrace.compose.stack.StackException USAGE if the sink would refuse a value
     */
    StackVariant variant(CommandSpec command) {
        sink.keySet().forEach(name -> requireForeign(command, name));
        // In the environment it would be a warning, and somebody would measure a name that was mistyped.
        Settings.read(SettingsSources.ofEnvironment(sink, Set.of())).warnings().forEach(warning -> {
            throw refusal(command, warning);
        });
        SettingsOptions.requireGoodEnvironment(command, sink);
        return new StackVariant(sink, sinkJvm, postgres);
    }

    private static void requireForeign(CommandSpec command, String name) {
        if (!name.startsWith("SINK_") && !name.startsWith("KAFKA_")) {
            throw refusal(command, name + " begins with neither SINK_ nor KAFKA_");
        }
        if (StackSettings.withoutOwn(Map.of(name, "")).isEmpty()) {
            throw refusal(command, name + " is decided by the stack");
        }
    }

    /** For a setting of the sink that cannot be. */
    static ParameterException refusal(CommandSpec command, String problem) {
        return new ParameterException(command.commandLine(), "--sink: " + problem);
    }
}
