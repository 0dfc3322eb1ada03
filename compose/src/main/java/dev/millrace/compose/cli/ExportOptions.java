package dev.millrace.compose.cli;

import dev.millrace.compose.bench.ExportSettings;
import dev.millrace.compose.bench.Exports;
import dev.millrace.compose.bench.Measurement;
import dev.millrace.compose.stack.Progress;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Command;

/** {@code bench --scenario export} has the options of every scenario alone. */
@Command
final class ExportOptions implements ScenarioOptions {
    private static final int DEFAULT_EVENTS = 2_500_000;
    private static final int ROUNDS = 3;

    @Override
    public void check(BenchChoices choices) {
        // They are checked already.
    }

    @Override
    public Measurement measurement(Path directory, BenchChoices choices, Progress progress) {
        int events = Objects.requireNonNullElse(choices.events(), DEFAULT_EVENTS);
        return new Exports(
                new ExportSettings(directory, events, ROUNDS, choices.ids(), choices.seed()),
                choices.variant(),
                progress);
    }
}
