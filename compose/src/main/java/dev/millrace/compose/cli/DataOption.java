package dev.millrace.compose.cli;

import dev.millrace.compose.stack.StackDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data directory, which every command takes. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".millrace",
            description = "Data directory of the stack. Default: ${DEFAULT-VALUE}, here.")
    private Path data = Path.of(".millrace");

    StackDirectory directory() {
        return new StackDirectory(data);
    }
}
