package dev.millrace.schemas.event;

/**
 * Checks JSON in one pass over its bytes, without building anything from it. What it accepts,
 * Postgres stores as {@code jsonb} and prints back equal. Not thread-safe; reused from document to
 * document.
 */
public final class JsonChecker {
    private final JsonInput input = new JsonInput();
    private final JsonString string = new JsonString(input);
    private final JsonNumber number = new JsonNumber(input);
    private final JsonKeys keys = new JsonKeys();

    /**
     * Checks that the bytes are one JSON object within {@link EventLimits}, apart from the size.
     *
     * @return its length in bytes as Postgres prints it: numbers without exponent, one space after
     *     each comma and colon
     * @throws InvalidEventException with the first thing that is wrong and the byte where it is
     */
    public long checkObject(byte[] utf8, int offset, int length) {
        input.open(utf8, offset, length);
        keys.begin();
        boolean isObject = input.peekToken() == '{';
        long printed = value(1);
        if (input.peekToken() != -1) {
            throw input.invalid("something after the end");
        }
        if (!isObject) {
            throw new InvalidEventException(RejectReason.NOT_AN_OBJECT, "JSON, but not an object");
        }
        return printed;
    }

    private long value(int depth) {
        int next = input.peekToken();
        return switch (next) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string.check();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number.check();
            default -> throw input.invalid("a value expected");
        };
    }

    private long object(int depth) {
        enter(depth);
        long printed = 2;
        if (input.peekToken() == '}') {
            input.position++;
            return printed;
        }
        long object = keys.openObject();
        while (true) {
            printed += member(object, depth);
            if (!anotherFollows('}')) {
                return printed;
            }
            printed += 2;
        }
    }

    private long member(long object, int depth) {
        if (input.peekToken() != '"') {
            throw input.invalid("a member name expected");
        }
        int nameStart = input.position + 1;
        long printed = string.check();
        if (!keys.add(object, input.bytes, nameStart, input.position - 1, string.wasEscaped())) {
            throw input.fault(RejectReason.DUPLICATE_KEY, "a member name for the second time");
        }
        input.expect(':');
        return printed + 2 + value(depth + 1);
    }

    private long array(int depth) {
        enter(depth);
        long printed = 2;
        if (input.peekToken() == ']') {
            input.position++;
            return printed;
        }
        while (true) {
            printed += value(depth + 1);
            if (!anotherFollows(']')) {
                return printed;
            }
            printed += 2;
        }
    }

    private void enter(int depth) {
        if (depth > EventLimits.JSON_DEPTH) {
            throw input.fault(RejectReason.TOO_DEEP, "nested deeper than " + EventLimits.JSON_DEPTH);
        }
        input.position++;
    }

    private boolean anotherFollows(int close) {
        int next = input.peekToken();
        if (next != ',' && next != close) {
            throw input.invalid("',' or '" + (char) close + "' expected");
        }
        input.position++;
        return next == ',';
    }

    private long word(String word) {
        for (int index = 0; index < word.length(); index++) {
            if (input.peek() != word.charAt(index)) {
                throw input.invalid("'" + word + "' expected");
            }
            input.position++;
        }
        return word.length();
    }
}
