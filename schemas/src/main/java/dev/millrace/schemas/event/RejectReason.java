package dev.millrace.schemas.event;

import java.util.Locale;

/**
 * Why a record is rejected. The labels are stored, published and used as metric labels, so a new
 * reason, like a new limit, is a new version of the rules.
 */
public enum RejectReason {
    /** Not an event in single-object encoding: cut, trailing bytes, another framing, no value. */
    UNDECODABLE,
    /** Single-object encoding with the fingerprint of a schema this build does not know. */
    UNKNOWN_SCHEMA,
    /** A part is longer than its limit, as sent or as Postgres would print it. */
    TOO_LARGE,
    /** The type is empty, too long, or has a control character. */
    INVALID_TYPE,
    /** Payload or metadata is not JSON. */
    INVALID_JSON,
    /** Payload or metadata is JSON, but no object. */
    NOT_AN_OBJECT,
    /** An object names one member twice. */
    DUPLICATE_KEY,
    /** Bytes that are not UTF-8. */
    INVALID_UTF8,
    /** U+0000, raw or escaped: Postgres cannot store it. */
    NUL_CHARACTER,
    /** Half of a surrogate pair. */
    INVALID_SURROGATE,
    /** JSON nested deeper than {@link EventLimits#JSON_DEPTH}. */
    TOO_DEEP,
    /** A number with too many digits, too large, or too close to zero. */
    NUMBER_OUT_OF_RANGE,
    /** A time outside the years 1 to 9999. */
    INVALID_TIME,
    /** The event id is there already, with another type or payload. */
    CONFLICT,
    /** The database refused a record that the checks let through. */
    REFUSED_BY_DATABASE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The stored form, for example {@code duplicate_key}. */
    public String label() {
        return label;
    }
}
