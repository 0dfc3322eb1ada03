package dev.millrace.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.Position;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishReportTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "5, 0, 0", "5, 1, 3", "0, 1, 1"})
    void exitCodeSaysWhetherAllSomeOrNoneFailed(long accepted, long failed, int exitCode) {
        // When
        int actual = new PublishReport(accepted, failed).exitCode();
        // Then
        assertThat(actual).isEqualTo(exitCode);
    }

    @Test
    void receiptIsOneLineOfJson() {
        // Given
        Receipt receipt =
                new Receipt(UUID.fromString("0190ABCD-0000-7000-8000-00000000000A"), new Position(3, 1L << 40));
        // When
        String json = receipt.toJson();
        // Then
        assertThat(json)
                .isEqualTo(
                        "{\"event_id\":\"0190abcd-0000-7000-8000-00000000000a\",\"partition\":3,\"offset\":1099511627776}");
    }
}
