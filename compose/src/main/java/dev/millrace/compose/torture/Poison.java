package dev.millrace.compose.torture;

/** What is wrong with a record that is no event. */
enum Poison {
    NOT_AVRO,
    EMPTY,
    NO_VALUE,
    CUT,
    TRAILING_BYTES,
    UNKNOWN_SCHEMA,
    NO_TYPE,
    BROKEN_JSON,
    NO_OBJECT,
    DOUBLE_KEY,
    NUL,
    HALF_PAIR,
    NOT_UTF8,
    TOO_DEEP,
    HUGE_NUMBER,
    YEAR_ZERO,
    BAD_RECORD_KEY,
    TOO_LARGE
}
