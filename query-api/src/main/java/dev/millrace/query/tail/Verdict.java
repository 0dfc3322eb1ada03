package dev.millrace.query.tail;

/** What to do about a client that was offered events. */
enum Verdict {
    KEEP,
    /** It reads by itself again. */
    LEAVE,
    /** It is too slow to follow. */
    DROP
}
