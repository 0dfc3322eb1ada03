package dev.millrace.schemas.event;

/**
 * Checks a JSON number and says how long Postgres prints it: {@code numeric} keeps every digit and
 * writes no exponent, so five bytes can become three hundred. Not thread-safe.
 */
final class JsonNumber {
    /** Above every exponent that is allowed, and far from overflow. */
    private static final int EXPONENT_CEILING = 1_000_000;

    private final JsonInput input;
    private int digits;
    private int firstSignificant;
    private int lastSignificant;
    private byte firstSignificantDigit;

    JsonNumber(JsonInput input) {
        this.input = input;
    }

    /**
     * Takes one number.
     *
     * @return its length in bytes as Postgres prints it
     * @throws InvalidEventException if it is no number, or out of range
     */
    int check() {
        digits = 0;
        firstSignificant = -1;
        lastSignificant = -1;
        boolean negative = input.peek() == '-';
        if (negative) {
            input.position++;
        }
        if (input.peek() == '0') {
            takeDigit();
        } else {
            takeDigits();
        }
        int integerDigits = digits;
        if (input.peek() == '.') {
            input.position++;
            takeDigits();
        }
        int fractionDigits = digits - integerDigits;
        int exponent = takeExponent();
        int scale = Math.max(0, fractionDigits - exponent);
        if (firstSignificant < 0) {
            checkZero(fractionDigits, exponent);
            return 1 + (scale > 0 ? 1 + scale : 0);
        }
        int magnitude = integerDigits - 1 - firstSignificant + exponent;
        checkRange(magnitude, fractionDigits);
        return (negative ? 1 : 0) + Math.max(1, magnitude + 1) + (scale > 0 ? 1 + scale : 0);
    }

    private void takeDigits() {
        if (!input.isDigit()) {
            throw input.invalid("a digit expected");
        }
        while (input.isDigit()) {
            takeDigit();
        }
    }

    private void takeDigit() {
        byte digit = input.bytes[input.position++];
        if (digit != '0') {
            if (firstSignificant < 0) {
                firstSignificant = digits;
                firstSignificantDigit = digit;
            }
            lastSignificant = digits;
        }
        digits++;
    }

    private int takeExponent() {
        if (input.peek() != 'e' && input.peek() != 'E') {
            return 0;
        }
        input.position++;
        boolean negative = input.peek() == '-';
        if (negative || input.peek() == '+') {
            input.position++;
        }
        if (!input.isDigit()) {
            throw input.invalid("a digit expected");
        }
        int exponent = 0;
        while (input.isDigit()) {
            exponent = Math.min(EXPONENT_CEILING, exponent * 10 + input.bytes[input.position++] - '0');
        }
        return negative ? -exponent : exponent;
    }

    /** Postgres keeps the zeros after the point of a zero, so they are limited like other digits. */
    private void checkZero(int fractionDigits, int exponent) {
        if (fractionDigits > EventLimits.SIGNIFICANT_DIGITS || Math.abs(exponent) > EventLimits.EXPONENT) {
            throw outOfRange("a zero with too many digits");
        }
    }

    private void checkRange(int magnitude, int fractionDigits) {
        int last = fractionDigits > 0 ? digits - 1 : lastSignificant;
        if (last - firstSignificant + 1 > EventLimits.SIGNIFICANT_DIGITS) {
            throw outOfRange("a number of more than " + EventLimits.SIGNIFICANT_DIGITS + " significant digits");
        }
        boolean isPowerOfTen = firstSignificantDigit == '1' && lastSignificant == firstSignificant;
        if (magnitude > EventLimits.EXPONENT || (magnitude == EventLimits.EXPONENT && !isPowerOfTen)) {
            throw outOfRange("a number beyond 1e" + EventLimits.EXPONENT);
        }
        if (magnitude < -EventLimits.EXPONENT) {
            throw outOfRange("a number closer to zero than 1e-" + EventLimits.EXPONENT);
        }
    }

    private InvalidEventException outOfRange(String problem) {
        return input.fault(RejectReason.NUMBER_OUT_OF_RANGE, problem);
    }
}
