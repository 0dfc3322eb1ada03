package dev.millrace.schemas.testing.corpus;

import static dev.millrace.schemas.event.RejectReason.INVALID_TIME;

import java.time.Instant;
import java.util.function.Function;

/** Times of occurrence. On the wire they are a number of microseconds, so no text can be wrong. */
final class TimeRecords {
    /** Where Postgres counts from; its infinities are the ends of a long, counted from there. */
    private static final long POSTGRES_EPOCH = micros("2000-01-01T00:00:00Z");

    private TimeRecords() {}

    static void add(Function<String, Draft> draft) {
        draft.apply("time.epoch").occurredAt(0).stored();
        draft.apply("time.before-the-epoch").occurredAt(-1).stored();
        draft.apply("time.seconds-taken-for-micros").occurredAt(1_626_847_200L).stored();
        draft.apply("time.millis-taken-for-micros")
                .occurredAt(1_626_847_200_123L)
                .stored();
        draft.apply("time.nanos-taken-for-micros")
                .occurredAt(1_626_847_200_123_456_789L)
                .rejected(INVALID_TIME);
        draft.apply("time.leap-day")
                .occurredAt(micros("2024-02-29T23:59:59.999999Z"))
                .stored();
        draft.apply("time.last-julian-day")
                .occurredAt(micros("1582-10-04T12:00:00Z"))
                .stored();
        draft.apply("time.day-that-the-gregorian-calendar-left-out")
                .occurredAt(micros("1582-10-10T00:00:00Z"))
                .stored();
        draft.apply("time.julian-leap-day")
                .occurredAt(micros("1500-02-28T23:59:59.999999Z"))
                .stored();
        draft.apply("time.in-ten-years")
                .occurredAt(micros("2036-01-01T00:00:00Z"))
                .stored();
        draft.apply("time.first-of-year-1")
                .occurredAt(micros("0001-01-01T00:00:00Z"))
                .stored();
        draft.apply("time.year-0")
                .occurredAt(micros("0000-12-31T23:59:59.999999Z"))
                .rejected(INVALID_TIME);
        draft.apply("time.first-of-year-0")
                .occurredAt(micros("0000-01-01T00:00:00Z"))
                .rejected(INVALID_TIME);
        draft.apply("time.first-that-postgres-takes")
                .occurredAt(micros("-4713-11-24T00:00:00Z"))
                .rejected(INVALID_TIME);
        draft.apply("time.last-of-year-9999")
                .occurredAt(micros("9999-12-31T23:59:59.999999Z"))
                .stored();
        draft.apply("time.year-10000")
                .occurredAt(micros("+10000-01-01T00:00:00Z"))
                .rejected(INVALID_TIME);
        draft.apply("time.long-min").occurredAt(Long.MIN_VALUE).rejected(INVALID_TIME);
        // Year 294247; the last one of Postgres, 294276, is out of a long's reach.
        draft.apply("time.long-max").occurredAt(Long.MAX_VALUE).rejected(INVALID_TIME);
        draft.apply("time.minus-infinity")
                .occurredAt(Long.MIN_VALUE + POSTGRES_EPOCH)
                .rejected(INVALID_TIME);
        draft.apply("time.infinity-by-overflow")
                .occurredAt(Long.MAX_VALUE - POSTGRES_EPOCH)
                .rejected(INVALID_TIME);
    }

    private static long micros(String instant) {
        Instant parsed = Instant.parse(instant);
        return parsed.getEpochSecond() * 1_000_000 + parsed.getNano() / 1_000;
    }
}
