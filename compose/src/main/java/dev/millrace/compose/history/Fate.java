package dev.millrace.compose.history;

/** What a producer means a record to become. */
public enum Fate {
    /** An event with an id of its own. */
    VALID,
    /** The same id and the same bytes as an earlier send. */
    REPEAT,
    /** The id of an earlier send with another payload. */
    CONFLICT,
    /** No event at all. */
    POISON
}
