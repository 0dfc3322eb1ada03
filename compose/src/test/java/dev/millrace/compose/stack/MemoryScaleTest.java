package dev.millrace.compose.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryScaleTest {
    private static final long GIGABYTE = 1_000_000_000;

    @ParameterizedTest
    @CsvSource({"64, 1024", "20, 1024", "10, 512", "4, 205"})
    void sizesShrinkWithTheMachineAndNeverGrow(long gigabytes, int sharedBuffers) {
        // Given
        MemoryScale scale = MemoryScale.ofMachineWith(gigabytes * GIGABYTE);
        // When
        String tuning = scale.apply("shared_buffers = @1024MB@\nmax_wal_size = 8GB\n");
        // Then
        assertThat(tuning).isEqualTo("shared_buffers = " + sharedBuffers + "MB\nmax_wal_size = 8GB\n");
    }

    @Test
    void noSizeFallsBelowWhatPostgresNeeds() {
        // When
        String tuning = MemoryScale.ofMachineWith(GIGABYTE / 10).apply("work_mem = @64MB@");
        // Then
        assertThat(tuning).isEqualTo("work_mem = 8MB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "primary", "replica"})
    void everySettingHasItsReasonAboveIt(String part) throws IOException {
        // Given
        List<String> lines = lines("/postgres/" + part + ".conf");
        // When
        List<String> withoutReason = new ArrayList<>();
        boolean explained = false;
        for (String line : lines) {
            if (line.isBlank()) {
                explained = false;
            } else if (line.startsWith("#")) {
                explained = true;
            } else if (!explained) {
                withoutReason.add(line);
            }
        }
        // Then
        assertThat(withoutReason).isEmpty();
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream file = MemoryScaleTest.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
