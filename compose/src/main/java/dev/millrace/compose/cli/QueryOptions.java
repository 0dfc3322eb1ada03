package dev.millrace.compose.cli;

import dev.millrace.compose.bench.Measurement;
import dev.millrace.compose.bench.Queries;
import dev.millrace.compose.bench.QuerySettings;
import dev.millrace.compose.stack.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code bench --scenario query} can be told. */
final class QueryOptions implements ScenarioOptions {
    private static final int DEFAULT_EVENTS = 2_500_000;
    private static final int LEAST_EVENTS = 10;
    private static final int HIGHEST_RATE = 100_000;
    private static final Duration LENGTH = Duration.ofSeconds(20);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--questions",
            paramLabel = "N",
            defaultValue = "300",
            description = "query: questions per second, where they come at a steady rate. Default: ${DEFAULT-VALUE}.")
    private int questions;

    @Option(
            names = "--writes",
            paramLabel = "N",
            defaultValue = "300",
            description = "query: events per second that are written meanwhile. Default: ${DEFAULT-VALUE}.")
    private int writes;

    @Override
    public void check(BenchChoices choices) {
        ScenarioOptions.requireBetween(command, "--questions", questions, HIGHEST_RATE);
        ScenarioOptions.requireBetween(command, "--writes", writes, HIGHEST_RATE);
    }

    @Override
    public Measurement measurement(Path directory, BenchChoices choices, Progress progress) {
        int events = Math.max(LEAST_EVENTS, Objects.requireNonNullElse(choices.events(), DEFAULT_EVENTS));
        return new Queries(
                new QuerySettings(directory, events, questions, writes, LENGTH, choices.ids(), choices.seed()),
                choices.variant(),
                progress);
    }
}
