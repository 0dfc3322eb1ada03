package dev.millrace.ingest.publish;

import java.io.Serial;

/**
 * A line of input does not state an event. Carries no stack trace, like {@link
 * dev.millrace.schemas.event.InvalidEventException}: a file of bad lines must not be slow.
 */
public final class InvalidLineException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_QUOTE = 60;

    InvalidLineException(String problem) {
        super(problem, null, false, false);
    }

    /** A piece of input as it may stand in a message: short, and without control characters. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.codePoints().limit(LONGEST_QUOTE).forEach(next -> quoted.appendCodePoint(isPrintable(next) ? next : '?'));
        return quoted.append(text.codePointCount(0, text.length()) > LONGEST_QUOTE ? "…'" : "'")
                .toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
