package dev.millrace.compose.cli;

import dev.millrace.compose.bench.BenchSettings;
import dev.millrace.compose.bench.Drain;
import dev.millrace.compose.bench.DrainVariant;
import dev.millrace.compose.bench.Measurement;
import dev.millrace.compose.stack.Progress;
import dev.millrace.schemas.Topic;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code bench --scenario drain} can be told. */
final class DrainOptions implements ScenarioOptions {
    private static final int USUAL_EVENTS = 1_000_000;
    private static final String WORKERS = "SINK_WORKERS";
    private static final int MOST_ROUNDS = 100;

    /** So many a sink can have, and as many partitions there are for them. */
    private static final int MOST_WORKERS = Topic.EVENTS.partitions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "3",
            description = "drain: how often each contender runs. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "drain: workers of the sink, and connections of the others. Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--queries",
            description =
                    "drain: meanwhile ask the replica, as the query API would, for the loans of a book every 50 ms, and"
                            + " the primary for the size of its pending lists every 200 ms. It takes processor time.")
    private boolean queries;

    @Override
    public void check(BenchChoices choices) {
        ScenarioOptions.requireBetween(command, "--rounds", rounds, MOST_ROUNDS);
        ScenarioOptions.requireBetween(command, "--workers", workers, MOST_WORKERS);
        if (choices.variant().sink().containsKey(WORKERS)) {
            throw StackVariantOptions.refusal(
                    command, WORKERS + " is --workers here, since the other contenders have as many connections");
        }
    }

    @Override
    public Measurement measurement(Path directory, BenchChoices choices, Progress progress) {
        int events = Objects.requireNonNullElse(choices.events(), USUAL_EVENTS);
        return new Drain(
                new BenchSettings(directory, events, rounds, workers, choices.ids(), choices.seed()),
                new DrainVariant(queries, choices.variant()),
                progress);
    }
}
