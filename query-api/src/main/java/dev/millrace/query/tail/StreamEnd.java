package dev.millrace.query.tail;

/**
 * Why a stream cannot go on.
 *
 * @param reason for a person
 */
public record StreamEnd(Kind kind, String reason) {
    /** What a client has to do about it. */
    public enum Kind {
        /** Begin anew: where it stands means nothing any more. */
        GONE,
        /** Ask for less. */
        TOO_EXPENSIVE,
        /** Tell us. */
        BROKEN
    }

    static StreamEnd gone(String reason) {
        return new StreamEnd(Kind.GONE, reason);
    }

    static StreamEnd tooExpensive(String reason) {
        return new StreamEnd(Kind.TOO_EXPENSIVE, reason);
    }

    static StreamEnd broken() {
        return new StreamEnd(Kind.BROKEN, "this is our fault, and logged");
    }
}
