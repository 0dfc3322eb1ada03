package dev.millrace.sink.upkeep;

/** The indexes on {@code event} that have a pending list. */
final class GinIndexes {
    /** Their oids, as a query without an end that can stand inside another. */
    static final String OIDS = """
            SELECT indexrelid FROM pg_inherits
            JOIN pg_index ON indrelid = inhrelid AND indisvalid
            JOIN pg_class ON pg_class.oid = indexrelid AND relkind = 'i'
            JOIN pg_am ON pg_am.oid = relam AND amname = 'gin'
            WHERE inhparent = 'event'::regclass
            """;

    private GinIndexes() {}
}
