package dev.millrace.schemas.event;

/** The bytes of one JSON document and how far they are read. Not thread-safe. */
final class JsonInput {
    byte[] bytes = new byte[0];
    int position;
    int end;
    private int start;

    void open(byte[] document, int offset, int length) {
        bytes = document;
        start = offset;
        position = offset;
        end = offset + length;
    }

    /** The next byte without taking it, or -1 at the end. Never the value of a byte of 0x80 or more. */
    int peek() {
        if (position == end) {
            return -1;
        }
        byte next = bytes[position];
        return next >= 0 ? next : outsideAscii();
    }

    /** Steps over white space and returns the byte after it, like {@link #peek}. */
    int peekToken() {
        int next = peek();
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            position++;
            next = peek();
        }
        return next;
    }

    /** Takes one byte of the grammar. */
    void expect(int wanted) {
        if (peekToken() != wanted) {
            throw invalid("'" + (char) wanted + "' expected");
        }
        position++;
    }

    boolean isDigit() {
        int next = peek();
        return next >= '0' && next <= '9';
    }

    InvalidEventException invalid(String problem) {
        if (position < end && bytes[position] == 0) {
            return fault(RejectReason.NUL_CHARACTER, "U+0000");
        }
        return fault(RejectReason.INVALID_JSON, problem);
    }

    InvalidEventException fault(RejectReason reason, String problem) {
        return new InvalidEventException(reason, problem + " at byte " + (position - start));
    }

    /** JSON has such bytes in strings only; what is wrong with them depends on whether they are text. */
    private int outsideAscii() {
        if (StrictUtf8.characterLength(bytes, position, end) == 0) {
            throw fault(RejectReason.INVALID_UTF8, "not UTF-8");
        }
        throw fault(RejectReason.INVALID_JSON, "a character that only a string may have");
    }
}
