package dev.millrace.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request to a described operation.
 *
 * @param pathAndQuery encoded
 * @param body empty if there is none
 */
record ExampleRequest(String pathAndQuery, String body) {
    /** The least that is asked with: examples for the path, an empty document. */
    static ExampleRequest least(DescribedOperation operation) {
        return new ExampleRequest(operation.examplePath(), "{}");
    }

    /** The least, and one parameter. */
    static ExampleRequest with(DescribedOperation operation, String name, String... values) {
        String query = Stream.of(values).map(value -> pair(name, value)).collect(Collectors.joining("&"));
        return new ExampleRequest(operation.examplePath() + "?" + query, "{}");
    }

    static ExampleRequest withBody(DescribedOperation operation, String body) {
        return new ExampleRequest(operation.examplePath(), body);
    }

    /**
     * Every request that the description shows: the first example of each parameter together, each of its
     * {@code examples} by itself, each body.
     */
    static List<ExampleRequest> all(DescribedOperation operation) {
        List<ExampleRequest> requests = new ArrayList<>();
        List<String> together = new ArrayList<>();
        for (JsonNode parameter : operation.queryParameters()) {
            List<String> examples = examples(parameter);
            examples.stream().limit(1).forEach(together::add);
            if (parameter.has("examples")) {
                examples.forEach(
                        query -> requests.add(new ExampleRequest(operation.examplePath() + "?" + query, "{}")));
            }
        }
        String query = together.isEmpty() ? "" : "?" + String.join("&", together);
        requests.add(new ExampleRequest(operation.examplePath() + query, "{}"));
        operation
                .body()
                .path("examples")
                .forEach(example ->
                        requests.add(withBody(operation, example.path("value").toString())));
        return requests;
    }

    private static List<String> examples(JsonNode parameter) {
        String name = parameter.path("name").asText();
        if (parameter.has("example")) {
            return List.of(pair(name, parameter.path("example").asText()));
        }
        List<String> queries = new ArrayList<>();
        parameter.path("examples").forEach(example -> queries.add(query(name, example.path("value"))));
        return queries;
    }

    /** Values of one parameter are repeated. */
    private static String query(String name, JsonNode value) {
        return (value.isArray() ? value.valueStream() : Stream.of(value))
                .map(each -> pair(name, each.asText()))
                .collect(Collectors.joining("&"));
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return pathAndQuery + (body.equals("{}") ? "" : " " + body);
    }
}
