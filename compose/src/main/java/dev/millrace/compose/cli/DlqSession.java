package dev.millrace.compose.cli;

import dev.millrace.compose.console.RecordProgress;
import dev.millrace.compose.dlq.DeadLetters;
import dev.millrace.compose.dlq.DlqException;
import dev.millrace.compose.settings.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Reads {@code events.dlq.v1} for one of the commands, with a bar while it takes long. */
final class DlqSession {
    /** Long enough for a broker that has just started, short enough for a person. */
    static final Duration KAFKA_LIMIT = Duration.ofSeconds(10);

    private final CommandSpec spec;
    private final Map<String, String> kafkaProperties;

    DlqSession(CommandSpec spec, SettingsOptions options) throws IOException {
        this.spec = spec;
        this.kafkaProperties = options.require(Scope.DLQ).kafkaProperties();
    }

    Map<String, String> kafkaProperties() {
        return kafkaProperties;
    }

    /** Does the work and answers with its exit code, or with that of what went wrong. */
    int run(Work work) throws IOException {
        try (RecordProgress progress =
                        new RecordProgress("reading", spec.commandLine().getErr(), ProgressTerminal.findBesideData());
                DeadLetters letters = new DeadLetters(kafkaProperties, KAFKA_LIMIT, progress::step)) {
            progress.begin(letters.toRead());
            return work.run(letters, progress);
        } catch (DlqException failure) {
            spec.commandLine().getErr().println("millrace: " + failure.getMessage());
            return switch (failure.kind()) {
                case UNAVAILABLE -> ExitCode.UNAVAILABLE;
                case FAILED -> ExitCode.FAILED;
            };
        }
    }

    /** What a command does with the records. */
    interface Work {
        int run(DeadLetters letters, RecordProgress progress) throws IOException;
    }
}
