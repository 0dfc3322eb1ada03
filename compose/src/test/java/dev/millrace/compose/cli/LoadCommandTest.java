package dev.millrace.compose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.ingest.load.LoadPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadCommandTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load",
                "load --rate 300",
                "load --events 0",
                "load --rate -1 --events 5",
                "load --rate fast --events 5",
                "load --duration 5",
                "load --duration 0s",
                "load --duration 5d",
                "load --events 5 --ids v5"
            })
    void wrongUsageIsToldBeforeAnythingIsSent(String line) {
        // When
        int exitCode =
                MillraceCommand.commandLine().setErr(new PrintWriter(err)).execute(line.split(" "));
        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).startsWith("millrace: ");
    }

    @ParameterizedTest
    @CsvSource({"250ms,250", "30s,30000", "5m,300000", "1h,3600000"})
    void durationsAreReadWithTheirUnit(String text, long millis) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void rateIsANumberOrAsManyAsGo() {
        assertThat(new RateConverter().convert("300")).isEqualTo(300.0);
        assertThat(new RateConverter().convert("0.5")).isEqualTo(0.5);
        assertThat(new RateConverter().convert("max")).isEqualTo(LoadPlan.UNLIMITED);
        assertThat(new RateConverter().convert("0")).isEqualTo(LoadPlan.UNLIMITED);
    }
}
