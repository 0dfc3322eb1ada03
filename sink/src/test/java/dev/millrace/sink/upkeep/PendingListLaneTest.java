package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PendingListLaneTest {
    @ParameterizedTest
    @CsvSource({
        // A list of 2 MiB is a full one: as long again.
        "2097152, 400, 400",
        "4194304, 400, 200",
        "41943040, 400, 20",
        "1048576, 200, 400",
        "1048576, 400, 500",
        "70000, 500, 500",
        "0, 0, 500"
    })
    void pauseIsAsLongAsAListTakesToFillUp(long bytes, long millis, long pauseMillis) {
        assertThat(PendingListLane.pause(bytes, Duration.ofMillis(millis).toNanos()))
                .isEqualTo(Duration.ofMillis(pauseMillis));
    }
}
