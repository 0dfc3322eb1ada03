package dev.millrace.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:15:30Z, 2026-11-22T10:15:30Z",
        "2026-11-22t10:15:30z, 2026-11-22T10:15:30Z",
        "2026-11-22T10:15:30.5Z, 2026-11-22T10:15:30.500Z",
        "2026-11-22T10:15:30.123456Z, 2026-11-22T10:15:30.123456Z",
        "2026-11-22T10:15:30+14:00, 2026-11-21T20:15:30Z",
        "2026-11-22T10:15:30-15:59, 2026-11-23T02:14:30Z",
        "2026-11-22T10:15:30-00:00, 2026-11-22T10:15:30Z",
        "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "0000-12-31T23:30:00-01:00, 0001-01-01T00:30:00Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
    })
    void timeIsReadExactly(String text, Instant expected) {
        // When
        Instant instant = Values.time(text);
        // Then
        assertThat(instant).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "infinity",
                "1763806530",
                "2026-11-22",
                "2026-11-22T10:15:30",
                "2026-11-22 10:15:30Z",
                "2026-11-22 10:15",
                "2026-11-22T10:15Z",
                "2026-11-22T10:15:30.Z",
                "2026-11-22T10:15:30,5Z",
                "2026-11-22T10:15:30+25:00",
                "2026-11-22T10:15:30+02",
                "2026-11-22T10:15:30+0200",
                "2026-11-22T10:15:30+02:60",
                "2026-11-22T10:15:30[Europe/Berlin]",
                "2026-11-22T24:00:00Z",
                "2026-12-31T23:59:60Z",
                "2026-02-30T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "-4713-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "２０２６-11-22T10:15:30Z",
                "2026-11-22T10:15:30Z\n"
            })
    void everythingElseIsAnErrorThatShowsTheForm(String text) {
        // When
        Throwable thrown = catchThrowable(() -> Values.time(text));
        // Then
        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a time of RFC 3339 with its zone")
                .hasMessageEndingWith("Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "0000-01-01T00:00:00Z"
            })
    void aYearThatNoEventHasIsAnError(String text) {
        // When
        Throwable thrown = catchThrowable(() -> Values.time(text));
        // Then
        assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("years 1 to 9999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T10:15:30.1234567Z", "2026-11-22T10:15:30.000000000Z"})
    void aFinerPartIsAnErrorAndNotCut(String text) {
        // When
        Throwable thrown = catchThrowable(() -> Values.time(text));
        // Then
        assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("finer than microseconds");
    }

    @Test
    void aPlusThatBecameASpaceIsExplained() {
        // When
        Throwable thrown = catchThrowable(() -> Values.time("2026-11-22T10:15:30.5 02:00"));
        // Then
        assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessageEndingWith("write a + as %2B");
    }
}
