package dev.millrace.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An OpenAPI document, and what it says about requests and answers. Not thread-safe. */
final class ApiDescription {
    private static final String ADDRESS = "https://millrace.invalid/openapi.json";

    /** What may come without being described for the operation: no route has seen the request then. */
    private static final Set<Integer> REFUSALS = Set.of(400, 404, 405, 408, 414, 431);

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ENGLISH)
            .build();

    private final ObjectNode document;
    private final List<DescribedOperation> operations = new ArrayList<>();
    private final Map<JsonNode, Schema> compiled = new HashMap<>();

    ApiDescription(String yaml) {
        try {
            document = (ObjectNode) new YAMLMapper().readTree(yaml);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(operation(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
    }

    List<DescribedOperation> operations() {
        return operations;
    }

    DescribedOperation operation(String name) {
        return operations.stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The kinds of problems that are described. */
    List<String> problemTypes() {
        List<String> types = new ArrayList<>();
        document.at("/components/schemas/Problem/properties/type/enum").forEach(type -> types.add(type.asText()));
        return types;
    }

    /** Names that nothing follows: what remains of a text with a comma that YAML took for a separator. */
    List<String> namesWithoutValue() {
        List<String> names = new ArrayList<>();
        collectNamesWithoutValue(document, names);
        return names;
    }

    /** A node, or what it refers to. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** What is wrong with an answer; empty if it is as described. */
    List<String> deviations(DescribedOperation operation, Reply reply) {
        JsonNode response = operation.responses().path(Integer.toString(reply.status()));
        if (response.isMissingNode() && REFUSALS.contains(reply.status())) {
            response = operation.responses().path("default");
        }
        JsonNode media = response.path("content").path(reply.mediaType());
        if (media.isMissingNode()) {
            return List.of("not described: status " + reply.status() + " with " + reply.mediaType());
        }
        List<String> deviations = new ArrayList<>();
        response.path("headers").properties().forEach(header -> {
            boolean required = resolve(header.getValue()).path("required").asBoolean();
            if (required && reply.header(header.getKey()).isEmpty()) {
                deviations.add("no header " + header.getKey());
            }
        });
        reply.documents().forEach(each -> deviations.addAll(deviations(media.path("schema"), each)));
        return deviations;
    }

    /** What is wrong with a document in JSON. */
    List<String> deviations(JsonNode schema, String json) {
        return compiled.computeIfAbsent(schema, this::compile).validate(json, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    /** As a part of the document, since it refers to others. */
    private Schema compile(JsonNode schema) {
        ObjectNode with = document.deepCopy();
        with.set("x-schema", schema);
        SchemaRegistry registry = SchemaRegistry.withDialect(
                Dialects.getOpenApi31(),
                builder -> builder.schemas(Map.of(ADDRESS, with.toString()))
                        .schemaLoader(loader -> loader.fetchRemoteResources(false))
                        .schemaRegistryConfig(CONFIG));
        return registry.getSchema(SchemaLocation.of(ADDRESS + "#/x-schema"));
    }

    private static void collectNamesWithoutValue(JsonNode node, List<String> names) {
        node.properties().stream()
                .filter(member -> member.getValue().isNull())
                .forEach(member -> names.add(member.getKey()));
        node.forEach(each -> collectNamesWithoutValue(each, names));
    }

    private DescribedOperation operation(String method, String path, JsonNode node) {
        List<JsonNode> parameters =
                node.path("parameters").valueStream().map(this::resolve).toList();
        ObjectNode responses = document.objectNode();
        node.path("responses")
                .properties()
                .forEach(response -> responses.set(response.getKey(), resolve(response.getValue())));
        JsonNode body = node.has("requestBody")
                ? node.path("requestBody").path("content").path("application/json")
                : MissingNode.getInstance();
        return new DescribedOperation(method, path, parameters, body, responses);
    }
}
