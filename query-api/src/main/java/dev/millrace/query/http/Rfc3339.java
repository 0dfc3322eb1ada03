package dev.millrace.query.http;

import dev.millrace.schemas.event.EventLimits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of a request, as RFC 3339 writes them. They bound what is found, so nothing is
 * rounded or guessed: a finer part than events have is an error, and so is a missing zone.
 */
final class Rfc3339 {
    private static final String EXPECTED =
            "a time of RFC 3339 with its zone and up to microseconds, for example 2026-11-22T10:15:30.123456Z";

    private static final Pattern FORM = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})");
    private static final int MICROSECOND_DIGITS = 6;

    private Rfc3339() {}

    /**
     * @return an instant of the years 1 to 9999, whole microseconds
     * @throws IllegalArgumentException with a message for the client if the text is no such time, or
     *     one that no calendar has
     */
    static Instant parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(lostItsPlus(text) ? EXPECTED + "; write a + as %2B" : EXPECTED);
        }
        Instant instant = instant(parts);
        if (instant.isBefore(EventLimits.EARLIEST) || !instant.isBefore(EventLimits.LATEST)) {
            throw new IllegalArgumentException("a time of the years 1 to 9999 in UTC");
        }
        return instant;
    }

    private static Instant instant(Matcher parts) {
        try {
            return LocalDate.parse(parts.group(1))
                    .atTime(LocalTime.parse(parts.group(2)))
                    .toInstant(ZoneOffset.of(parts.group(4).toUpperCase(Locale.ROOT)))
                    .plusNanos(1_000L * micros(parts.group(3)));
        } catch (DateTimeException noSuchTime) {
            // 30 February, 24:00, a leap second, a zone beyond 18 hours.
            throw new IllegalArgumentException(EXPECTED, noSuchTime);
        }
    }

    private static int micros(@Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        if (fraction.length() > MICROSECOND_DIGITS) {
            throw new IllegalArgumentException("finer than microseconds, which is all that events have");
        }
        return Integer.parseInt((fraction + "000000").substring(0, MICROSECOND_DIGITS));
    }

    /** In a query string a plus is a space, so a zone east of Greenwich arrives without its sign. */
    private static boolean lostItsPlus(String text) {
        int space = text.lastIndexOf(' ');
        return space >= 0
                && FORM.matcher(text.substring(0, space) + "+" + text.substring(space + 1))
                        .matches();
    }
}
