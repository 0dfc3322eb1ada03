package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBoundsTest {
    private static final Duration QUICK = Duration.ofSeconds(2);

    private final CheckedJson json = new CheckedJson();

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "62, true",
        "63, true",
        "64, false",
        "65, false",
        "1000, false",
        "16400, false",
        "100000, false"
    })
    void sixtyFourLevelsAreTheMost(int levelsBelowTheFirst, boolean isAccepted) {
        // Given
        String arrays = "{\"a\":" + "[".repeat(levelsBelowTheFirst) + "]".repeat(levelsBelowTheFirst) + "}";
        String objects = "{\"a\":".repeat(levelsBelowTheFirst) + "{}" + "}".repeat(levelsBelowTheFirst);
        String open = "{\"a\":" + "[".repeat(levelsBelowTheFirst);
        // When
        RejectReason reason = isAccepted ? RejectReason.INVALID_JSON : RejectReason.TOO_DEEP;
        // Then
        assertThat(json.reason(open)).isEqualTo(reason);
        if (isAccepted) {
            assertThat(json.size(arrays)).isPositive();
            assertThat(json.size(objects)).isPositive();
        } else {
            assertThat(json.reason(arrays)).isEqualTo(RejectReason.TOO_DEEP);
            assertThat(json.reason(objects)).isEqualTo(RejectReason.TOO_DEEP);
        }
    }

    @Test
    void manyNamesAreCheckedQuickly() {
        // Given
        StringBuilder document = new StringBuilder("{\"k0\":0");
        for (int index = 1; index < 70_000; index++) {
            document.append(",\"k").append(index).append("\":0");
        }
        String distinct = document + "}";
        String repeated = document + ",\"k0\":0}";
        // When
        long size = Assertions.assertTimeout(QUICK, () -> json.size(distinct));
        // Then
        assertThat(size).isEqualTo(distinct.length() + 70_000 + 69_999);
        assertThat(Assertions.assertTimeout(QUICK, () -> json.reason(repeated))).isEqualTo(RejectReason.DUPLICATE_KEY);
    }

    @Test
    void longNamesAndUnclosedStringsAreCheckedQuickly() {
        // Given
        String longName = "{\"" + "n".repeat(1_000_000) + "\":1}";
        String longEscapedName = "{\"" + "\\u00e9".repeat(150_000) + "\":1}";
        String unclosed = "{\"a\":\"" + "x".repeat(10_000_000);
        // When
        long size = Assertions.assertTimeout(QUICK, () -> json.size(longName));
        // Then
        assertThat(size).isEqualTo(1_000_007);
        assertThat(Assertions.assertTimeout(QUICK, () -> json.size(longEscapedName)))
                .isEqualTo(300_007);
        assertThat(Assertions.assertTimeout(QUICK, () -> json.reason(unclosed))).isEqualTo(RejectReason.INVALID_JSON);
    }
}
