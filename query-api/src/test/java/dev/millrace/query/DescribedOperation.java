package dev.millrace.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An operation of the API's description.
 *
 * @param method in capitals
 * @param path with parameters in braces
 * @param parameters with all references followed
 * @param body of a request, with all references followed but for schemas; missing if there is none
 * @param responses by status, likewise
 */
record DescribedOperation(String method, String path, List<JsonNode> parameters, JsonNode body, JsonNode responses) {

    /** As it is shown, also for the same route under other names of its parameters. */
    String name() {
        return method + " " + path;
    }

    /** Whether it refuses parameters that it does not know; those for operators do not. */
    boolean isStrict() {
        return path.startsWith("/v1/");
    }

    /** Its parameters in the query. */
    List<JsonNode> queryParameters() {
        return parameters.stream()
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .toList();
    }

    boolean takes(String parameter) {
        return queryParameters().stream()
                .anyMatch(each -> each.path("name").asText().equals(parameter));
    }

    /** The path with the examples of its parameters. */
    String examplePath() {
        String filled = path;
        for (JsonNode parameter : parameters) {
            if (parameter.path("in").asText().equals("path")) {
                String name = "{" + parameter.path("name").asText() + "}";
                filled = filled.replace(name, parameter.path("example").asText());
            }
        }
        return filled;
    }

    @Override
    public String toString() {
        return name();
    }
}
