package dev.millrace.compose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench                                             | --scenario",
                "bench --scenario thirst                           | thirst",
                "bench --scenario drain --events 0                 | --events is 1 to 50000000, not 0",
                "bench --scenario drain --rates 300                | --rates is of --scenario freshness, not of drain",
                "bench --scenario drain --duration 60s             | --duration is of --scenario freshness",
                "bench --scenario drain --sink SINK_WORKERS=2      | SINK_WORKERS is --workers here",
                "bench --scenario drain --sink SINK_PORT=1         | SINK_PORT is decided by the stack",
                "bench --scenario freshness --events 0             | --events is 1 to 50000000, not 0",
                "bench --scenario freshness --queries              | --queries is of --scenario drain, not of freshness",
                "bench --scenario freshness --workers 2            | --workers is of --scenario drain",
                "bench --scenario freshness --rates 300,0          | --rates is 1 to 100000, not 0",
                "bench --scenario freshness --rates 300,max        | max",
                "bench --scenario freshness --duration 25h         | --duration is at most 24h"
            })
    void wrongUsageIsToldBeforeAnythingIsStarted(String line, String problem) {
        // When
        int exitCode =
                MillraceCommand.commandLine().setErr(new PrintWriter(err)).execute(line.split(" +"));
        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).startsWith("millrace: ").contains(problem);
    }
}
