package dev.millrace.sink.write;

/** The two ways to write the rows of a batch. */
public enum WritePath {
    /** COPY into every table: nothing in the batch is a repeat. */
    COPY,
    /** Identities by INSERT, which tells first records from repeats; the rest by COPY. */
    INSERT
}
