package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureKindTest {
    @ParameterizedTest
    @CsvSource({
        "23505, REPEATED_ID",
        "23514, NO_TABLE_PARTITION",
        "22P02, REFUSED_VALUE",
        "22003, REFUSED_VALUE",
        "54000, REFUSED_VALUE",
        "54001, REFUSED_VALUE",
        "08006, RETRY",
        "40P01, RETRY",
        "40001, RETRY",
        "55P03, RETRY",
        "57014, RETRY",
        "25P04, RETRY",
        "25006, RETRY",
        "57P01, RETRY",
        "57P03, RETRY",
        "53100, RETRY",
        "53300, RETRY",
        "58030, RETRY",
        "42P01, STOP",
        "42501, STOP",
        "28P01, STOP",
        "3D000, STOP",
        "23502, STOP"
    })
    void stateDecidesWhatIsDoneNext(String state, FailureKind expected) {
        // When
        FailureKind kind = FailureKind.of(new SQLException("x", state));
        // Then
        assertThat(kind).isEqualTo(expected);
    }

    @Test
    void errorWithoutStateIsTriedAgain() {
        // When
        FailureKind kind = FailureKind.of(new SQLException("socket closed"));
        // Then
        assertThat(kind).isEqualTo(FailureKind.RETRY);
    }
}
