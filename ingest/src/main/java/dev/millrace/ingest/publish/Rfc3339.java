package dev.millrace.ingest.publish;

import dev.millrace.schemas.event.Rfc3339Time;
import java.time.Instant;

/** Reads times as RFC 3339 writes them, to the microsecond. */
final class Rfc3339 {
    static final String EXPECTED = "a time of RFC 3339 with its zone, for example 2026-11-22T10:15:30.123456Z";

    private Rfc3339() {}

    /**
     * Finer parts than microseconds are cut off, as the event's schema would do.
     *
     * @throws InvalidLineException if the text is no such time, or one that no calendar has
     */
    static Instant parse(String member, String text) {
        return Rfc3339Time.parse(text)
                .map(Rfc3339Time::instant)
                .orElseThrow(() -> new InvalidLineException(
                        member + ": " + EXPECTED + ", not " + InvalidLineException.quote(text)));
    }
}
