package dev.millrace.query.http;

import dev.millrace.schemas.event.EventLimits;
import dev.millrace.schemas.event.Rfc3339Time;
import java.time.Instant;

/**
 * Reads the times of a request, as RFC 3339 writes them. They bound what is found, so nothing is
 * rounded or guessed: a finer part than events have is an error, and so is a missing zone.
 */
final class Rfc3339 {
    private static final String EXPECTED =
            "a time of RFC 3339 with its zone and up to microseconds, for example 2026-11-22T10:15:30.123456Z";

    private Rfc3339() {}

    /**
     * @return an instant of the years 1 to 9999, whole microseconds
     * @throws IllegalArgumentException with a message for the client if the text is no such time, or
     *     one that no calendar has
     */
    static Instant parse(String text) {
        Rfc3339Time time = Rfc3339Time.parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(lostItsPlus(text) ? EXPECTED + "; write a + as %2B" : EXPECTED));
        if (!time.exact()) {
            throw new IllegalArgumentException("finer than microseconds, which is all that events have");
        }
        Instant instant = time.instant();
        if (instant.isBefore(EventLimits.EARLIEST) || !instant.isBefore(EventLimits.LATEST)) {
            throw new IllegalArgumentException("a time of the years 1 to 9999 in UTC");
        }
        return instant;
    }

    /** In a query string a plus is a space, so a zone east of Greenwich arrives without its sign. */
    private static boolean lostItsPlus(String text) {
        int space = text.lastIndexOf(' ');
        return space >= 0 && Rfc3339Time.hasForm(text.substring(0, space) + "+" + text.substring(space + 1));
    }
}
