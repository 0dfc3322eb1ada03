package dev.millrace.compose.history;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.compose.console.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of a JSON text, as jsonb compares it: the order of members, white space, escapes and the way a
 * number is written make no difference. Thread-safe.
 */
final class JsonValue {
    private JsonValue() {}

    /** The same for two texts exactly if their values are equal; see {@link Digest}. */
    static long digest(String text) {
        return Digest.shortOf(canonical(text));
    }

    /** The same, of a range of UTF-8 bytes. */
    static long digest(byte[] bytes, int offset, int length) {
        return digest(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    /** No JSON, but one text for each value: texts carry their length instead of quotes. */
    static String canonical(String text) {
        StringBuilder canonical = new StringBuilder(text.length());
        try (JsonParser parser = EventJson.FACTORY.createParser(text)) {
            parser.nextToken();
            append(canonical, parser);
        } catch (IOException malformed) {
            throw new UncheckedIOException("no JSON where JSON was checked before", malformed);
        }
        return canonical.toString();
    }

    private static void append(StringBuilder canonical, JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> appendObject(canonical, parser);
            case START_ARRAY -> appendArray(canonical, parser);
            case VALUE_STRING -> appendText(canonical.append('s'), parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> canonical.append('n').append(number(parser));
            default -> canonical.append(parser.getText());
        }
    }

    private static void appendObject(StringBuilder canonical, JsonParser parser) throws IOException {
        Map<String, String> members = new TreeMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            StringBuilder member = new StringBuilder();
            append(member, parser);
            members.put(name, member.toString());
        }
        canonical.append('{');
        members.forEach((name, member) -> {
            appendText(canonical, name);
            canonical.append(member);
        });
        canonical.append('}');
    }

    private static void appendArray(StringBuilder canonical, JsonParser parser) throws IOException {
        canonical.append('[');
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            append(canonical, parser);
            canonical.append(',');
        }
        canonical.append(']');
    }

    private static void appendText(StringBuilder canonical, String text) {
        canonical.append(text.length()).append(':').append(text);
    }

    /** 1.50 and 15e-1 are one number, and so are 0, -0 and 0.00. */
    private static String number(JsonParser parser) throws IOException {
        BigDecimal number = new BigDecimal(parser.getText());
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }
}
