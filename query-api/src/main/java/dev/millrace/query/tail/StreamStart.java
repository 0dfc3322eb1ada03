package dev.millrace.query.tail;

import dev.millrace.query.read.Cursor;

/** Where a stream begins. */
public sealed interface StreamStart {
    /** With what comes from now on. */
    record Now() implements StreamStart {}

    /** With the first event of all. */
    record Beginning() implements StreamStart {}

    /** Where an answer to the same filter, in ascending order, left off. */
    record After(Cursor cursor) implements StreamStart {}
}
