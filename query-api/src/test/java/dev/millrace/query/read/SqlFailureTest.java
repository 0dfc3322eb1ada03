package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.read.ReadException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {
    @ParameterizedTest
    @CsvSource({
        "57014, TOO_EXPENSIVE, false",
        "40001, UNAVAILABLE, true",
        "40P01, UNAVAILABLE, true",
        "57P01, UNAVAILABLE, true",
        "57P03, UNAVAILABLE, false",
        "08006, UNAVAILABLE, true",
        "53300, UNAVAILABLE, false",
        "42P01, UNAVAILABLE, false",
        "22P02, REFUSED, false",
        "54001, REFUSED, false",
        "42601, BROKEN, false",
        "X, BROKEN, false"
    })
    void theSqlStateSaysWhatToDo(String sqlState, Kind kind, boolean worthAnotherTry) {
        // When
        SqlFailure failure = SqlFailure.of(sqlState);
        // Then
        assertThat(failure).isEqualTo(new SqlFailure(kind, worthAnotherTry));
    }

    @Test
    void noSqlStateIsOurFault() {
        // When
        SqlFailure failure = SqlFailure.of(null);
        // Then
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
    }
}
