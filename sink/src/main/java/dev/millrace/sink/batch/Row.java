package dev.millrace.sink.batch;

/** What becomes of one record: an event, or a rejection. */
public sealed interface Row permits EventRow, RejectedRow {
    /** Kafka partition of the record. */
    int partition();

    /** Kafka offset of the record. */
    long offset();

    /** Bytes of the record that the batch holds on to. */
    int size();
}
