package dev.millrace.compose.cli;

import dev.millrace.compose.bench.Measurement;
import dev.millrace.compose.stack.Progress;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The options of one scenario of {@code bench}, and how it is made of them. */
interface ScenarioOptions {
    /** @throws ParameterException if a value cannot be, or not together with a choice */
    void check(BenchChoices choices);

    /**
     * Makes it, to be run and closed.
     *
     * @param directory new or empty
     * @param choices that were checked
     */
    Measurement measurement(Path directory, BenchChoices choices, Progress progress);

    /** @throws ParameterException if the value is not 1 to most */
    static void requireBetween(CommandSpec command, String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(command.commandLine(), option + " is 1 to " + most + ", not " + value);
        }
    }
}
