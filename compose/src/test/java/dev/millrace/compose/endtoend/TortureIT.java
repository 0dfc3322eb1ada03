package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.compose.endtoend.RunningMillrace.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole stack under faults, another seed each time. {@code -Dmillrace.torture.minutes} says for how
 * long, {@code -Dmillrace.torture.seed} which faults.
 */
class TortureIT {
    private static final double MINUTES = Double.parseDouble(System.getProperty("millrace.torture.minutes", "5"));

    /** Start, catching up and the checks of what was sent. */
    private static final Duration AROUND = Duration.ofMinutes(15);

    @TempDir
    Path directory;

    @Test
    void nothingIsLostAndNothingIsDoubledWhateverHappens() throws Exception {
        // Given
        long seed = Long.getLong(
                "millrace.torture.seed", ThreadLocalRandom.current().nextInt(1_000_000));
        Path data = directory.resolve("torture");
        List<String> command = RunningMillrace.commandLine(
                "torture",
                "--minutes",
                Double.toString(MINUTES),
                "--seed",
                Long.toString(seed),
                "--data",
                data.toString());
        // When
        CommandResult result = RunningMillrace.runToEnd(command, AROUND.plusMillis((long) (MINUTES * 60_000)));
        // Then
        result.out().forEach(System.out::println);
        assertThat(result.exitCode())
                .as("seed %d:%n%s%n%s", seed, String.join("\n", result.out()), String.join("\n", result.err()))
                .isZero();
        assertThat(result.out()).anyMatch(line -> line.startsWith("GOOD"));
        assertThat(data).as("data of a good run is deleted").doesNotExist();
    }
}
