package dev.millrace.ingest.publish;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads times as RFC 3339 writes them, to the microsecond. */
final class Rfc3339 {
    static final String EXPECTED = "a time of RFC 3339 with its zone, for example 2026-11-22T10:15:30.123456Z";

    private static final Pattern FORM = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})");
    private static final int MICROSECOND_DIGITS = 6;

    private Rfc3339() {}

    /**
     * Finer parts than microseconds are cut off, as the event's schema would do.
     *
     * @throws InvalidLineException if the text is no such time, or one that no calendar has
     */
    static Instant parse(String member, String text) {
        Matcher parts = FORM.matcher(text);
        if (parts.matches()) {
            try {
                return LocalDate.parse(parts.group(1))
                        .atTime(LocalTime.parse(parts.group(2)))
                        .toInstant(ZoneOffset.of(parts.group(4).toUpperCase(Locale.ROOT)))
                        .plusNanos(1_000L * micros(parts.group(3)));
            } catch (DateTimeException noSuchTime) {
                // Falls through: 30 February, 24:00, a leap second, a zone beyond 18 hours.
            }
        }
        throw new InvalidLineException(member + ": " + EXPECTED + ", not " + InvalidLineException.quote(text));
    }

    private static int micros(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000").substring(0, MICROSECOND_DIGITS));
    }
}
