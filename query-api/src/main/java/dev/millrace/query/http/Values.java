package dev.millrace.query.http;

import dev.millrace.query.read.Cursor;
import dev.millrace.query.read.CursorCodec;
import dev.millrace.query.read.InvalidCursorException;
import dev.millrace.query.read.Order;
import dev.millrace.schemas.Position;
import dev.millrace.schemas.event.EventLimits;
import dev.millrace.schemas.event.InvalidEventException;
import dev.millrace.schemas.event.JsonChecker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads single values. Each method takes the text of a client and throws {@link
 * IllegalArgumentException} with a message for that client, which never quotes SQL.
 */
final class Values {
    /** Largest {@code match}, in bytes. */
    static final int MATCH_BYTES = 1 << 16;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,9})([smhd]?)");
    private static final Map<String, Duration> UNITS =
            Map.of("m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final long MOST_SECONDS = Duration.ofDays(366).toSeconds();
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

    private Values() {}

    static int number(String text, int least, int most) {
        int number = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException("a number from " + least + " to " + most);
        }
        return number;
    }

    static String type(String text) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an event type is not empty and has no control characters");
        }
        requirePairs(text);
        return atMost(EventLimits.TYPE_CHARACTERS, text);
    }

    static String key(String text) {
        if (text.indexOf(0) >= 0) {
            throw new IllegalArgumentException("a key has no NUL character");
        }
        requirePairs(text);
        return atMost(EventLimits.KEY_CHARACTERS, text);
    }

    /** An escape in JSON can say half a character, which UTF-8 cannot. */
    private static void requirePairs(String text) {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException("half of a surrogate pair");
        }
    }

    private static String atMost(int characters, String text) {
        if (text.codePointCount(0, text.length()) > characters) {
            throw new IllegalArgumentException("longer than " + characters + " characters");
        }
        return text;
    }

    static String match(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MATCH_BYTES) {
            throw new IllegalArgumentException("larger than " + MATCH_BYTES + " bytes");
        }
        try {
            new JsonChecker().checkObject(utf8, 0, utf8.length);
            return text;
        } catch (InvalidEventException invalid) {
            throw new IllegalArgumentException("a JSON object; this is not: " + invalid.getMessage(), invalid);
        }
    }

    static Order order(String text) {
        return Stream.of(Order.values())
                .filter(order -> order.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("asc or desc"));
    }

    static Cursor cursor(String text) {
        try {
            return CursorCodec.decode(text);
        } catch (InvalidCursorException invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
    }

    static List<Position> positions(String text) {
        List<Position> positions =
                Stream.of(text.split(",", -1)).map(Position::parse).toList();
        if (positions.size() > Parameters.VALUES) {
            throw new IllegalArgumentException("more than " + Parameters.VALUES + " positions");
        }
        return positions;
    }

    /** A time as {@link Rfc3339} reads it: with a zone, whole microseconds, years 1 to 9999. */
    static Instant time(String text) {
        return Rfc3339.parse(text);
    }

    /** A length of time: seconds, or a number with s, m, h or d; in seconds, up to a leap year. */
    static long seconds(String text) {
        Matcher parts = SECONDS.matcher(text);
        if (parts.matches()) {
            Duration unit = UNITS.getOrDefault(parts.group(2), Duration.ofSeconds(1));
            long seconds = Long.parseLong(parts.group(1)) * unit.toSeconds();
            if (seconds >= 1 && seconds <= MOST_SECONDS) {
                return seconds;
            }
        }
        throw new IllegalArgumentException("seconds, or a number with s, m, h or d: 1s to 366d, for example 5m");
    }

    static UUID uuid(String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("a UUID, for example 0190a5c8-7c1e-7000-8000-000000000000");
        }
        return UUID.fromString(text);
    }
}
