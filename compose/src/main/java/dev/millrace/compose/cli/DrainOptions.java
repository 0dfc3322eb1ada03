package dev.millrace.compose.cli;

import dev.millrace.compose.bench.BenchSettings;
import dev.millrace.compose.bench.Drain;
import dev.millrace.compose.bench.Measurement;
import dev.millrace.compose.stack.Progress;
import dev.millrace.ingest.library.EventIds;
import dev.millrace.schemas.Topic;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code bench --scenario drain} can be told. */
final class DrainOptions implements ScenarioOptions {
    /** Beyond it the file of prepared rows would fill most disks. */
    private static final int MOST_EVENTS = 50_000_000;

    private static final int MOST_ROUNDS = 100;

    /** So many a sink can have, and as many partitions there are for them. */
    private static final int MOST_WORKERS = Topic.EVENTS.partitions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "drain: how many events. Default: ${DEFAULT-VALUE}.")
    private int events;

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

    @Mixin
    private DrainVariantOptions variantOptions;

    @Override
    public void check() {
        ScenarioOptions.requireBetween(command, "--events", events, MOST_EVENTS);
        ScenarioOptions.requireBetween(command, "--rounds", rounds, MOST_ROUNDS);
        ScenarioOptions.requireBetween(command, "--workers", workers, MOST_WORKERS);
        variantOptions.variant(command);
    }

    @Override
    public Measurement measurement(Path directory, EventIds ids, long seed, Progress progress) {
        return new Drain(
                new BenchSettings(directory, events, rounds, workers, ids, seed),
                variantOptions.variant(command),
                progress);
    }
}
