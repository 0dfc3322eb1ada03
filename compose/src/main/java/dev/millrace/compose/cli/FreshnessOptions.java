package dev.millrace.compose.cli;

import dev.millrace.compose.bench.Freshness;
import dev.millrace.compose.bench.FreshnessSettings;
import dev.millrace.compose.bench.Measurement;
import dev.millrace.compose.stack.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code bench --scenario freshness} can be told. */
final class FreshnessOptions implements ScenarioOptions {
    private static final int HIGHEST_RATE = 100_000;
    private static final Duration LONGEST = Duration.ofHours(24);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--rates",
            paramLabel = "N",
            split = ",",
            defaultValue = "300,3000",
            description = "freshness: events per second, one run for each. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates = new ArrayList<>();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "freshness: how long each run is, for example 30s or 5m. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ZERO;

    @Override
    public void check(BenchChoices choices) {
        for (int rate : rates) {
            ScenarioOptions.requireBetween(command, "--rates", rate, HIGHEST_RATE);
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new ParameterException(command.commandLine(), "--duration is at most 24h");
        }
    }

    @Override
    public Measurement measurement(Path directory, BenchChoices choices, Progress progress) {
        Integer limit = choices.events();
        long events = limit == null ? Long.MAX_VALUE : limit;
        return new Freshness(
                new FreshnessSettings(directory, rates, duration, events, choices.ids(), choices.seed()),
                choices.variant(),
                progress);
    }
}
