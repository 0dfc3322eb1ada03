package dev.millrace.schemas.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as RFC 3339 writes it.
 *
 * @param instant to the microsecond; finer parts are cut off
 * @param exact whether nothing was written beyond microseconds, not even zeros
 */
public record Rfc3339Time(Instant instant, boolean exact) {
    private static final Pattern FORM = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})");
    private static final int MICROSECOND_DIGITS = 6;

    /** Empty if the text is no such time, or one that no calendar has. */
    public static Optional<Rfc3339Time> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String fraction = Optional.ofNullable(parts.group(3)).orElse("");
        try {
            Instant second = LocalDate.parse(parts.group(1))
                    .atTime(LocalTime.parse(parts.group(2)))
                    .toInstant(ZoneOffset.of(parts.group(4).toUpperCase(Locale.ROOT)));
            return Optional.of(new Rfc3339Time(
                    second.plusNanos(1_000L * micros(fraction)), fraction.length() <= MICROSECOND_DIGITS));
        } catch (DateTimeException noSuchTime) {
            // 30 February, 24:00, a leap second, a zone beyond 18 hours.
            return Optional.empty();
        }
    }

    /** Whether a text looks like a time, if only of a day that no calendar has. */
    public static boolean hasForm(String text) {
        return FORM.matcher(text).matches();
    }

    private static int micros(String fraction) {
        return Integer.parseInt((fraction + "000000").substring(0, MICROSECOND_DIGITS));
    }
}
