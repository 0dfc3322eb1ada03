package dev.millrace.query.match;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object taken apart for comparing, as jsonb keeps it: equal scalars are equal objects of Java,
 * numbers by their value. Immutable once read.
 *
 * @param members by their keys: a {@link JsonDocument}, an {@link Elements}, or a scalar
 */
record JsonDocument(Map<String, Object> members) {
    /** What is in the database was checked on its way in, and a filter when it came. */
    private static final StreamReadConstraints ANY = StreamReadConstraints.builder()
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build();

    private static final JsonFactory FACTORY =
            JsonFactory.builder().streamReadConstraints(ANY).build();

    /** The word for nothing. */
    private enum Null {
        NULL
    }

    /**
     * An array; which places its elements have is of no interest.
     *
     * @param scalars without repeats
     * @param containers the objects and arrays in it
     */
    record Elements(Set<Object> scalars, List<Object> containers) {}

    /**
     * Reads a text that is known to be a JSON object.
     *
     * @throws IllegalArgumentException if it is none
     */
    static JsonDocument parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            return object(parser);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("not JSON", malformed);
        }
    }

    private static JsonDocument object(JsonParser parser) throws IOException {
        Map<String, Object> members = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new JsonDocument(members);
    }

    private static Elements array(JsonParser parser) throws IOException {
        Elements elements = new Elements(new HashSet<>(), new ArrayList<>());
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(parser);
            if (isScalar(value)) {
                elements.scalars.add(value);
            } else {
                elements.containers.add(value);
            }
        }
        return elements;
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            // The form in which equal values are equal: 1, 1.0 and 1e0 are one number.
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getText()).stripTrailingZeros();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> Null.NULL;
            default -> throw new IllegalArgumentException("not JSON: " + token);
        };
    }

    private static boolean isScalar(Object value) {
        return !(value instanceof JsonDocument) && !(value instanceof Elements);
    }
}
