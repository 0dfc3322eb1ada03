package dev.millrace.query.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a JSON object apart into texts, so that its fields are read by the same rules as parameters. What is
 * nested stays as it was written.
 */
final class JsonFields {
    /** What a field holds. */
    enum Kind {
        /** A string. */
        TEXT("a string", false, JsonToken.VALUE_STRING),
        /** Strings. */
        TEXTS("an array of strings", true, JsonToken.VALUE_STRING),
        /** A whole number. */
        NUMBER("a whole number", false, JsonToken.VALUE_NUMBER_INT),
        /** Objects. */
        OBJECTS("an array of objects", true, JsonToken.START_OBJECT);

        private final String meaning;
        private final boolean array;
        private final JsonToken token;

        Kind(String meaning, boolean array, JsonToken token) {
            this.meaning = meaning;
            this.array = array;
            this.token = token;
        }
    }

    /** Twice is an error: of two values, another parser might have taken the other one. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final byte[] document;
    private final JsonParser json;
    private final Map<String, Kind> kinds;
    private final String prefix;
    private final List<InvalidParameter> errors;
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private JsonFields(
            byte[] document, JsonParser json, Map<String, Kind> kinds, String prefix, List<InvalidParameter> errors) {
        this.document = document;
        this.json = json;
        this.kinds = kinds;
        this.prefix = prefix;
        this.errors = errors;
    }

    /**
     * The values of each field, in the order they came.
     *
     * @param document in UTF-8
     * @param kinds the fields that there are
     * @param prefix what their names begin with in errors
     * @param errors gets what cannot be read
     */
    static Map<String, List<String>> read(
            byte[] document, Map<String, Kind> kinds, String prefix, List<InvalidParameter> errors) {
        try (JsonParser json = FACTORY.createParser(document)) {
            JsonFields fields = new JsonFields(document, json, kinds, prefix, errors);
            fields.readObject();
            return fields.values;
        } catch (JsonProcessingException malformed) {
            errors.add(
                    new InvalidParameter(prefix + "body", "not JSON, or a name twice" + at(malformed.getLocation())));
        } catch (IOException malformed) {
            errors.add(new InvalidParameter(prefix + "body", "not JSON in UTF-8"));
        }
        return Map.of();
    }

    /** What is too deep or too long has no place. */
    private static String at(@Nullable JsonLocation location) {
        return location == null ? ", or nested too deeply" : ", at byte " + location.getByteOffset();
    }

    private void readObject() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            errors.add(new InvalidParameter(prefix + "body", "not a JSON object"));
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            readField(json.currentName());
        }
        if (json.nextToken() != null) {
            errors.add(new InvalidParameter(prefix + "body", "something follows the object"));
        }
    }

    private void readField(String name) throws IOException {
        JsonToken token = json.nextToken();
        Kind kind = kinds.get(name);
        if (kind == null) {
            json.skipChildren();
            invalid(QueryString.shortened(name), "unknown field");
            return;
        }
        List<String> read = values.computeIfAbsent(name, absent -> new ArrayList<>());
        if (!kind.array) {
            readValue(name, kind, read);
        } else if (token == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                readValue(name, kind, read);
            }
        } else {
            json.skipChildren();
            invalid(name, "not " + kind.meaning);
        }
    }

    private void readValue(String name, Kind kind, List<String> read) throws IOException {
        if (json.currentToken() != kind.token) {
            json.skipChildren();
            invalid(name, "not " + kind.meaning);
        } else if (kind == Kind.OBJECTS) {
            read.add(asWritten());
        } else {
            read.add(json.getText());
        }
    }

    private String asWritten() throws IOException {
        int begin = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        int end = (int) json.currentLocation().getByteOffset();
        return new String(document, begin, end - begin, StandardCharsets.UTF_8);
    }

    private void invalid(String name, String message) {
        errors.add(new InvalidParameter(prefix + name, message));
    }
}
