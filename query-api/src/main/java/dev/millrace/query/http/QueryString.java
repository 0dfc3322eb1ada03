package dev.millrace.query.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a query string apart. Strictly: what is no UTF-8 is an error and not a replacement
 * character, because a filter that was changed on its way finds something else.
 */
final class QueryString {
    private QueryString() {}

    /**
     * The values of each parameter, in the order they came.
     *
     * @param errors gets what cannot be read
     */
    static Map<String, List<String>> parse(@Nullable String query, List<InvalidParameter> errors) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query == null) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String rawName = equals < 0 ? pair : pair.substring(0, equals);
            try {
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                parameters
                        .computeIfAbsent(decode(rawName), name -> new ArrayList<>())
                        .add(value);
            } catch (CharacterCodingException malformed) {
                errors.add(new InvalidParameter(shortened(rawName), "not percent-encoded UTF-8"));
            }
        }
        return parameters;
    }

    /** A name that came from outside, for a message. */
    static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, name.offsetByCodePoints(0, 50)) + "…";
    }

    private static String decode(String raw) throws CharacterCodingException {
        if (raw.chars().allMatch(QueryString::isPlain)) {
            return raw;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int index = 0; index < raw.length(); index++) {
            char character = raw.charAt(index);
            if (character == '%') {
                bytes.write(octet(raw, index + 1));
                index += 2;
            } else if (character == '+') {
                bytes.write(' ');
            } else {
                bytes.writeBytes(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
            }
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
    }

    private static boolean isPlain(int character) {
        return character < 0x80 && character != '%' && character != '+';
    }

    private static int octet(String raw, int index) throws CharacterCodingException {
        int high = index + 1 < raw.length() ? Character.digit(raw.charAt(index), 16) : -1;
        int low = index + 1 < raw.length() ? Character.digit(raw.charAt(index + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw new CharacterCodingException();
        }
        return high << 4 | low;
    }
}
