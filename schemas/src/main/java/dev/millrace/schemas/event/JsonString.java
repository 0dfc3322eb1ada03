package dev.millrace.schemas.event;

/** Checks a JSON string and says how long Postgres prints it. Not thread-safe. */
final class JsonString {
    private final JsonInput input;
    private boolean escaped;

    JsonString(JsonInput input) {
        this.input = input;
    }

    /** Whether the string taken last had an escape sequence. */
    boolean wasEscaped() {
        return escaped;
    }

    /**
     * Takes one string; the next byte is its opening quote.
     *
     * @return its length in bytes as Postgres prints it, with the quotes
     * @throws InvalidEventException if it is no string, or one that Postgres cannot store
     */
    int check() {
        escaped = false;
        input.position++;
        int printed = 2;
        while (true) {
            printed += plainCharacters();
            if (input.position == input.end) {
                throw input.invalid("a string without its end");
            }
            byte next = input.bytes[input.position];
            if (next == '"') {
                input.position++;
                return printed;
            }
            if (next == '\\') {
                escaped = true;
                printed += escape();
            } else if (next < 0) {
                int length = character();
                input.position += length;
                printed += length;
            } else {
                throw input.invalid("a control character inside a string");
            }
        }
    }

    /** Takes characters of one byte that stand for themselves, which nearly all are, and says how many. */
    private int plainCharacters() {
        byte[] bytes = input.bytes;
        int end = input.end;
        int position = input.position;
        while (position < end && bytes[position] >= 0x20 && bytes[position] != '"' && bytes[position] != '\\') {
            position++;
        }
        int taken = position - input.position;
        input.position = position;
        return taken;
    }

    private int character() {
        int length = StrictUtf8.characterLength(input.bytes, input.position, input.end);
        if (length == 0) {
            throw input.fault(RejectReason.INVALID_UTF8, "not UTF-8");
        }
        return length;
    }

    /** Takes an escape sequence and returns its printed length. */
    private int escape() {
        input.position++;
        int kind = input.peek();
        switch (kind) {
            case '"', '\\', 'b', 'f', 'n', 'r', 't' -> {
                input.position++;
                return 2;
            }
            case '/' -> {
                input.position++;
                return 1;
            }
            case 'u' -> {
                input.position++;
                return printedLength(codePoint());
            }
            default -> throw input.invalid("an unknown escape sequence");
        }
    }

    private int codePoint() {
        int unit = fourHexDigits();
        if (unit == 0) {
            throw input.fault(RejectReason.NUL_CHARACTER, "escaped U+0000");
        }
        if (!Character.isSurrogate((char) unit)) {
            return unit;
        }
        boolean isHigh = Character.isHighSurrogate((char) unit);
        if (!isHigh || !take('\\') || !take('u')) {
            throw halfPair();
        }
        int low = fourHexDigits();
        if (!Character.isLowSurrogate((char) low)) {
            throw halfPair();
        }
        return Character.toCodePoint((char) unit, (char) low);
    }

    /** Takes the byte if it is next. Here any byte may follow, also one outside ASCII. */
    private boolean take(char wanted) {
        if (input.position == input.end || input.bytes[input.position] != wanted) {
            return false;
        }
        input.position++;
        return true;
    }

    private InvalidEventException halfPair() {
        return input.fault(RejectReason.INVALID_SURROGATE, "half of a surrogate pair");
    }

    private int fourHexDigits() {
        int unit = 0;
        for (int index = 0; index < 4; index++) {
            int digit = Character.digit(input.peek(), 16);
            if (digit < 0) {
                throw input.invalid("four hexadecimal digits expected");
            }
            input.position++;
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** As {@code escape_json} of Postgres writes it. */
    private static int printedLength(int codePoint) {
        return switch (codePoint) {
            case '"', '\\', '\b', '\f', '\n', '\r', '\t' -> 2;
            default -> {
                if (codePoint < 0x20) {
                    yield 6;
                }
                yield codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            }
        };
    }
}
