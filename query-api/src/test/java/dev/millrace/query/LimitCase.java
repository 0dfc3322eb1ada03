package dev.millrace.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request at the edge of a limit that the description states, or one step beyond it.
 *
 * @param accepted whether it is within
 */
record LimitCase(DescribedOperation operation, ExampleRequest request, boolean accepted) {
    /** Outside the first plane: limits count characters, not what a program makes of them. */
    private static final String CHARACTER = "😀";

    static List<LimitCase> of(DescribedOperation operation, ApiDescription description) {
        List<LimitCase> cases = new ArrayList<>();
        for (JsonNode parameter : operation.queryParameters()) {
            String name = parameter.path("name").asText();
            JsonNode schema = description.resolve(parameter.path("schema"));
            each(schema, description)
                    .forEach(edge -> cases.add(new LimitCase(
                            operation, ExampleRequest.with(operation, name, edge.values()), edge.accepted())));
        }
        JsonNode body = description.resolve(operation.body().path("schema"));
        body.path("properties")
                .properties()
                .forEach(field -> inBody(field.getKey(), description.resolve(field.getValue()), description)
                        .forEach(edge -> cases.add(new LimitCase(
                                operation, ExampleRequest.withBody(operation, edge.values()[0]), edge.accepted()))));
        return cases;
    }

    private static Stream<Edge> inBody(String name, JsonNode schema, ApiDescription description) {
        Stream<Edge> own = each(schema, description).map(edge -> edge.asField(name, schema));
        JsonNode fields = description.resolve(schema.path("items")).path("properties");
        return Stream.concat(
                own,
                fields.properties().stream()
                        .flatMap(field -> inBody(field.getKey(), description.resolve(field.getValue()), description))
                        .map(edge -> new Edge(edge.accepted(), "{\"" + name + "\":[" + edge.values()[0] + "]}")));
    }

    private static Stream<Edge> each(JsonNode schema, ApiDescription description) {
        if (schema.has("maximum")) {
            long least = schema.path("minimum").asLong();
            long most = schema.path("maximum").asLong();
            return Stream.of(
                    new Edge(true, Long.toString(least)),
                    new Edge(true, Long.toString(most)),
                    new Edge(false, Long.toString(least - 1)),
                    new Edge(false, Long.toString(most + 1)));
        }
        if (schema.has("maxItems")) {
            JsonNode items = description.resolve(schema.path("items"));
            int most = schema.path("maxItems").asInt();
            String value = items.has("maxLength") ? "a" : "{}";
            return Stream.concat(
                    Stream.of(new Edge(true, repeated(value, most)), new Edge(false, repeated(value, most + 1))),
                    ofText(items));
        }
        return Stream.of();
    }

    private static Stream<Edge> ofText(JsonNode items) {
        if (!items.has("maxLength")) {
            return Stream.of();
        }
        int most = items.path("maxLength").asInt();
        Stream<Edge> longest =
                Stream.of(new Edge(true, CHARACTER.repeat(most)), new Edge(false, CHARACTER.repeat(most + 1)));
        return Stream.concat(longest, Stream.of(new Edge(!items.has("minLength"), "")));
    }

    private static String[] repeated(String value, int times) {
        String[] values = new String[times];
        Arrays.fill(values, value);
        return values;
    }

    private record Edge(boolean accepted, String... values) {
        /** A document with one field that has these values. */
        Edge asField(String name, JsonNode schema) {
            String value = Stream.of(values)
                    .map(text -> text.equals("{}") || schema.has("maximum") ? text : "\"" + text + "\"")
                    .collect(Collectors.joining(","));
            return new Edge(
                    accepted, "{\"" + name + "\":" + (schema.has("maxItems") ? "[" + value + "]" : value) + "}");
        }
    }
}
