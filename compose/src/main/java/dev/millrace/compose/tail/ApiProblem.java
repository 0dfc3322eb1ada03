package dev.millrace.compose.tail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what the query API says of a problem (RFC 9457). */
final class ApiProblem {
    private static final JsonFactory JSON = new JsonFactory();

    private ApiProblem() {}

    /** A line for a person; the bare status where the body says nothing. */
    static String describe(int status, byte[] body) {
        List<String> errors = new ArrayList<>();
        String parameter = "";
        String title = "";
        String detail = "";
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    String text = parser.getText().replaceAll("\\p{Cntrl}", "?");
                    switch (String.valueOf(parser.currentName())) {
                        case "title" -> title = text;
                        case "detail" -> detail = text;
                        case "parameter" -> parameter = text;
                        case "message" -> errors.add(parameter + ": " + text);
                        default -> {}
                    }
                }
            }
        } catch (IOException noProblem) {
            return "HTTP status " + status;
        }
        if (errors.isEmpty()) {
            return title.isEmpty() ? "HTTP status " + status : title + ": " + detail;
        }
        return String.join("; ", errors);
    }
}
