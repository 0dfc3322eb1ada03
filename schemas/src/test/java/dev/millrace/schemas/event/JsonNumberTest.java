package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonNumberTest {
    private final JsonChecker checker = new JsonChecker();

    /** The second column is what PostgreSQL 18 prints. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.0, 0.0",
        "-0.00, 0.00",
        "0e5, 0",
        "0e-5, 0.00000",
        "0.0e1, 0",
        "1, 1",
        "-1, -1",
        "1.0, 1.0",
        "1.50, 1.50",
        "-1.5e0, -1.5",
        "1e5, 100000",
        "1E+05, 100000",
        "1.5e5, 150000",
        "1.50e1, 15.0",
        "15e-1, 1.5",
        "150e-1, 15.0",
        "1e-5, 0.00001",
        "-1.0e-5, -0.000010",
        "0.001e3, 1",
        "0.0010e3, 1.0",
        "0.1e-2, 0.001",
        "9007199254740993, 9007199254740993",
        "9223372036854775808, 9223372036854775808",
        "-9223372036854775809, -9223372036854775809",
        "0.1000000000000000055511151231257827, 0.1000000000000000055511151231257827",
        "1e000000000000000000000005, 100000",
        "1e-000000000000000000000005, 0.00001"
    })
    void numberIsAsLongAsPostgresPrintsIt(String number, String printed) {
        // When
        long size = sizeOf(number);
        // Then
        assertThat(size).isEqualTo(printed.length());
    }

    static Stream<String> accepted() {
        return Stream.of(
                "1e308",
                "-1e308",
                "10e307",
                "0.1e309",
                "1.0e308",
                "9.99e307",
                "1e-308",
                "-1e-308",
                "0.1e-307",
                "9e-308",
                "1.5e-308",
                "1" + "0".repeat(308),
                "0." + "0".repeat(307) + "1",
                "1" + "0".repeat(150),
                "9".repeat(100),
                "1." + "9".repeat(99),
                "0." + "9".repeat(100),
                "0." + "0".repeat(100),
                "0e308",
                "0e-308",
                "1e131");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void numbersUpToTheLimitsAreAccepted(String number) {
        // When
        long size = sizeOf(number);
        // Then
        assertThat(size).isPositive();
    }

    static Stream<String> refused() {
        return Stream.of(
                "1.1e308",
                "-1.1e308",
                "2e308",
                "1.0000000001e308",
                "1e309",
                "-1e309",
                "10e308",
                "1e400",
                "1e131071",
                "1e131072",
                "1e999999999",
                "1e99999999999",
                "1e2147483648",
                "1e4294967296",
                "1e18446744073709551617",
                "1" + "0".repeat(309),
                "1e-309",
                "-1e-309",
                "9.99e-309",
                "0.1e-308",
                "1e-16383",
                "1e-16384",
                "1e-999999999",
                "1e-99999999999",
                "0." + "0".repeat(308) + "1",
                "9".repeat(101),
                "1." + "9".repeat(100),
                "1." + "0".repeat(100),
                "0." + "9".repeat(101),
                "0." + "0".repeat(101),
                "0e309",
                "0e-309",
                "0e99999999999",
                "9".repeat(1_000),
                "9".repeat(131_073));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void numbersBeyondTheLimitsAreOutOfRange(String number) {
        // When
        InvalidEventException thrown = catchThrowableOfType(InvalidEventException.class, () -> sizeOf(number));
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.NUMBER_OUT_OF_RANGE);
    }

    @Test
    @Timeout(5)
    void longestNumberIsCheckedQuickly() {
        // When
        InvalidEventException thrown =
                catchThrowableOfType(InvalidEventException.class, () -> sizeOf("1e" + "9".repeat(10_000_000)));
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.NUMBER_OUT_OF_RANGE);
    }

    private long sizeOf(String number) {
        byte[] json = ("{\"\":" + number + "}").getBytes(StandardCharsets.UTF_8);
        return checker.checkObject(json, 0, json.length) - "{\"\": }".length();
    }
}
