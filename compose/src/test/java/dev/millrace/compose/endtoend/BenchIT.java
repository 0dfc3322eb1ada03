package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.compose.endtoend.RunningMillrace.CommandResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace bench} as a user runs it, with far too few events for its figures to mean anything. */
class BenchIT {
    private static final int EVENTS = 12_000;

    @TempDir
    Path directory;

    @Test
    void drainMeasuresEveryContenderAndCountsWhatItStored() throws Exception {
        // Given
        Path data = directory.resolve("bench");
        List<String> command = RunningMillrace.commandLine(
                "bench",
                "--scenario",
                "drain",
                "--events",
                Integer.toString(EVENTS),
                "--rounds",
                "1",
                "--workers",
                "2",
                "--ids",
                "random",
                "--output",
                "json",
                "--data",
                data.toString());
        // When
        CommandResult result = RunningMillrace.runToEnd(command);
        // Then
        result.err().forEach(System.out::println);
        assertThat(result.exitCode()).as(String.join("\n", result.err())).isZero();
        assertThat(result.out()).hasSize(1);
        JsonNode report = Events.parse(result.out().get(0));
        assertThat(report.get("scenario").textValue()).isEqualTo("drain");
        List<String> names = new ArrayList<>();
        for (JsonNode contender : report.get("contenders")) {
            names.add(contender.get("name").textValue());
            assertThat(contender.get("events").intValue()).isEqualTo(EVENTS);
            JsonNode rate = contender.get("events_per_second");
            assertThat(rate.get("median").doubleValue()).isPositive();
            assertThat(rate.get("min")).isEqualTo(rate.get("max"));
            assertThat(contender.get("ratio_to_ceiling").doubleValue()).isPositive();
            assertThat(contender.get("cpu_seconds").get("primary").isNumber()).isTrue();
        }
        assertThat(names).containsExactly("millrace", "ceiling", "no-index");
        assertThat(report.at("/contenders/1/ratio_to_ceiling").doubleValue()).isEqualTo(1);
        assertThat(result.err()).filteredOn(line -> line.contains("counted:")).hasSize(3);
        assertThat(data).as("data of a measurement that went well is deleted").doesNotExist();
    }
}
