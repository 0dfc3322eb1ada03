package dev.millrace.sink;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of a retention time: days, or that there is none. */
final class RetentionTime {
    static final String OFF = "off";

    /** Less is a slip of the hand: what it costs cannot be undone. */
    private static final long LEAST_DAYS = 7;

    static final String EXPECTED = "off, or a number of days from " + LEAST_DAYS + " on, as 90d";

    private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})d");

    private RetentionTime() {}

    static boolean isValid(String text) {
        return text.equals(OFF)
                || (DAYS.matcher(text).matches() && parse(text).orElseThrow().toDays() >= LEAST_DAYS);
    }

    /** The time of a text that is one. */
    static Optional<Duration> parse(String text) {
        return text.equals(OFF)
                ? Optional.empty()
                : Optional.of(Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1))));
    }

    static String text(Optional<Duration> retention) {
        return retention.map(keep -> keep.toDays() + "d").orElse(OFF);
    }
}
