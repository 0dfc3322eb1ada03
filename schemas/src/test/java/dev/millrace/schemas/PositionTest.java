package dev.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @ParameterizedTest
    @ValueSource(strings = {"0:0", "3:42", "2147483647:9223372036854775807"})
    void textAndPositionAreTheSameThing(String text) {
        // When
        Position position = Position.parse(text);
        // Then
        assertThat(position).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1",
                "1:",
                ":1",
                "-1:1",
                "1:-1",
                "+1:1",
                " 1:1",
                "1:1 ",
                "1:1\n",
                "1:1:1",
                "1,1",
                "a:b",
                "0x1:1",
                "１:1",
                "2147483648:0",
                "0:9223372036854775808",
                "0:99999999999999999999"
            })
    void everythingElseIsRefusedAndQuoted(String text) {
        // When
        Throwable thrown = catchThrowable(() -> Position.parse(text));
        // Then
        assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1"})
    void negativeNumbersAreNoPosition(int partition, long offset) {
        // When
        Throwable thrown = catchThrowable(() -> new Position(partition, offset));
        // Then
        assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leadingZerosDoNotMatter() {
        // When
        Position position = Position.parse("00:007");
        // Then
        assertThat(position).isEqualTo(new Position(0, 7));
    }
}
