package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 999, false",
        "0, 1000, true",
        "-50, 1000, true",
        "1000, 9999, false",
        "1000, 10000, true",
        "10000, 99999, false",
        "10000, 100000, true",
        "100000, 199999, false",
        "100000, 200000, true",
        "7600000, 15199999, false",
        "7600000, 15200000, true"
    })
    void tableIsAnalysedAtPowersOfTenAndThenAtEachDoubling(long analysed, long rows, boolean due) {
        assertThat(Statistics.isDue(analysed, rows)).isEqualTo(due);
    }
}
