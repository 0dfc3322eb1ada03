package dev.millrace.schemas.testing.corpus;

import static dev.millrace.schemas.event.RejectReason.NUMBER_OUT_OF_RANGE;
import static dev.millrace.schemas.event.RejectReason.TOO_LARGE;

import java.util.List;
import java.util.function.Function;

/** Numbers, which Postgres keeps digit by digit and prints without exponent. */
final class NumberRecords {
    private static final List<String> STORED = List.of(
            "9007199254740993",
            "9223372036854775808",
            "-9223372036854775809",
            "1e308",
            "-1e308",
            "9.99e307",
            "1e-308",
            "-1e-308",
            "1E+2",
            "1e0",
            "1e-0",
            "-0",
            "-0.0",
            "0e5",
            "0.000",
            "1.50",
            "12e-3",
            "120e-2",
            "0.1000000000000000000000000000001",
            "0.30000000000000004");

    private static final List<String> REJECTED = List.of(
            "1e309",
            "-1e309",
            "1.1e308",
            "1e400",
            "1e131071",
            "1e131072",
            "1e-309",
            "1e-16383",
            "1e-16384",
            "1e999999999",
            "1e-999999999",
            "1e99999999999",
            "1e2147483648",
            "1e9223372036854775808",
            "0e309",
            "0e-309");

    /** So many of 311 printed bytes each that 1 MiB is not passed. */
    private static final int FITTING = 3_371;

    private NumberRecords() {}

    static void add(Function<String, Draft> draft) {
        STORED.forEach(number -> number(draft, number, number).stored());
        REJECTED.forEach(number -> number(draft, number, number).rejected(NUMBER_OUT_OF_RANGE));
        number(draft, "100-digits", "7".repeat(100)).stored();
        number(draft, "100-digits-after-the-point", "0." + "7".repeat(100)).stored();
        number(draft, "100-digits-and-an-exponent", "7." + "7".repeat(99) + "e-200")
                .stored();
        number(draft, "101-digits", "7".repeat(101)).rejected(NUMBER_OUT_OF_RANGE);
        number(draft, "1-000-digits", "7".repeat(1_000)).rejected(NUMBER_OUT_OF_RANGE);
        number(draft, "131-073-digits", "7".repeat(131_073)).rejected(NUMBER_OUT_OF_RANGE);
        number(draft, "one-and-1-000-zeros", "1" + "0".repeat(1_000)).rejected(NUMBER_OUT_OF_RANGE);
        number(draft, "a-million-digits", "7".repeat(1_000_000)).rejected(NUMBER_OUT_OF_RANGE);
        number(draft, "1-000-times-1e131071", array(1_000, "1e131071")).rejected(NUMBER_OUT_OF_RANGE);
        number(draft, "174-000-times-1e308", array(174_000, "1e308")).rejected(TOO_LARGE);
        number(draft, "one-too-many-times-1e308", array(FITTING + 1, "1e308")).rejected(TOO_LARGE);
        number(draft, "as-many-times-1e308-as-fit", array(FITTING, "1e308")).stored();
        draft.apply("number.10-000-times-1e308-in-metadata")
                .metadata("{\"a\":" + array(10_000, "1e308") + "}")
                .rejected(TOO_LARGE);
        draft.apply("number.as-many-times-1e308-as-fit-in-metadata")
                .metadata("{\"a\":" + array(210, "1e308") + "}")
                .stored();
    }

    private static Draft number(Function<String, Draft> draft, String name, String number) {
        return draft.apply("number." + name).payload("{\"a\":" + number + "}");
    }

    private static String array(int count, String number) {
        return "[" + (number + ",").repeat(count - 1) + number + "]";
    }
}
