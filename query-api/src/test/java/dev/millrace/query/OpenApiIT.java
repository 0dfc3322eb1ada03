package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.query.http.ProblemType;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The description and the server say the same: what is described is answered, and nothing else is. */
class OpenApiIT {
    /** For people: not part of what programs use. */
    private static final String EXPLORER = "GET /";

    private static EventStore store;
    private static DescribedApi api;
    private static List<DescribedOperation> served;

    @BeforeAll
    static void start() throws SQLException {
        store = ExampleEvents.store();
        api = new DescribedApi(store.readerUrl());
        served = api.description().operations();
    }

    @AfterAll
    static void stop() throws SQLException {
        api.close();
        store.close();
    }

    @Test
    void documentIsValidOpenApi() {
        // When
        SwaggerParseResult parsed = new OpenAPIV3Parser()
                .readContents(
                        api.send("GET", new ExampleRequest("/openapi.yaml", "")).body());
        // Then
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(api.description().namesWithoutValue()).isEmpty();
        assertThat(parsed.getOpenAPI().getPaths()).hasSize((int) api.description().operations().stream()
                .map(DescribedOperation::path)
                .distinct()
                .count());
    }

    @Test
    void everyRouteIsDescribedAndEveryDescribedRouteIsThere() {
        // Given
        List<String> described = api.description().operations().stream()
                .map(operation -> route(operation.name()))
                .toList();
        // When
        List<String> routes = api.routes().stream()
                .filter(route -> !route.equals(EXPLORER) && !route.startsWith("HEAD "))
                .map(OpenApiIT::route)
                .toList();
        // Then
        assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void headIsAnsweredOrRefusedWhereverThereIsGet() {
        for (DescribedOperation operation : served) {
            if (operation.method().equals("GET")) {
                // When
                Reply reply = api.send("HEAD", ExampleRequest.least(operation));
                // Then
                assertThat(reply.status()).as(reply.toString()).isIn(200, 405);
                assertThat(reply.header("Allow").isPresent())
                        .as(reply.toString())
                        .isEqualTo(reply.status() == 405);
                assertThat(reply.lines()).isEmpty();
            }
        }
    }

    @Test
    void everyProblemIsDescribedAndEveryDescribedProblemIsThere() {
        // When
        List<String> problems =
                Stream.of(ProblemType.values()).map(ProblemType::uri).toList();
        // Then
        assertThat(api.description().problemTypes()).containsExactlyInAnyOrderElementsOf(problems);
    }

    @Test
    void everyExampleOfARequestIsAnswered() {
        for (DescribedOperation operation : served) {
            for (ExampleRequest request : ExampleRequest.all(operation)) {
                // When
                Reply reply = api.ask(operation, request);
                // Then
                assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            }
        }
    }

    @Test
    void everyExampleOfABodyIsAsItsSchemaSays() {
        for (DescribedOperation operation : served) {
            operation
                    .body()
                    .path("examples")
                    .forEach(example -> assertThat(api.description()
                                    .deviations(
                                            operation.body().path("schema"),
                                            example.path("value").toString()))
                            .as(example.toString())
                            .isEmpty());
        }
    }

    @Test
    void everyExampleOfAnAnswerIsAsItsSchemaSays() {
        for (DescribedOperation operation : api.description().operations()) {
            for (JsonNode response : operation.responses()) {
                for (JsonNode media : response.path("content")) {
                    List<JsonNode> examples = new ArrayList<>();
                    examples.addAll(media.findValues("value"));
                    if (media.has("example")) {
                        examples.add(media.path("example"));
                    }
                    examples.forEach(example -> assertThat(
                                    api.description().deviations(media.path("schema"), example.toString()))
                            .as(example.toString())
                            .isEmpty());
                }
            }
        }
    }

    @Test
    void cursorsOfAnAnswerAreAccepted() {
        for (DescribedOperation operation : served) {
            if (operation.takes("cursor") || operation.body().has("schema")) {
                // Given
                Reply page = api.ask(
                        api.description().operation("GET /v1/events"), new ExampleRequest("/v1/events?limit=1", ""));
                for (String name : List.of("next_cursor", "tail_cursor")) {
                    String cursor = page.text(name);
                    // When
                    Reply reply = api.ask(operation, request(operation, cursor));
                    // Then
                    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void whatIsNotDescribedIsRefused() {
        for (DescribedOperation operation : served) {
            // When
            Reply parameter = api.ask(operation, ExampleRequest.with(operation, "surprise", "1"));
            // Then
            assertThat(parameter.status()).as(parameter.toString()).isEqualTo(operation.isStrict() ? 400 : 200);
            if (operation.body().has("schema")) {
                Reply field = api.ask(operation, ExampleRequest.withBody(operation, "{\"surprise\":1}"));
                assertThat(field.status()).as(field.toString()).isEqualTo(400);
            }
        }
    }

    @Test
    void limitsOfTheDescriptionAreThoseOfTheServer() {
        List<LimitCase> cases = served.stream()
                .flatMap(operation -> LimitCase.of(operation, api.description()).stream())
                .toList();
        assertThat(cases).hasSizeGreaterThan(40);
        for (LimitCase each : cases) {
            // When
            Reply reply = api.ask(each.operation(), each.request());
            // Then
            assertThat(reply.status()).as(reply.toString()).isEqualTo(each.accepted() ? 200 : 400);
        }
    }

    @Test
    void anUndocumentedFieldIsFound() {
        for (DescribedOperation operation : served) {
            // Given
            Reply reply = api.ask(operation, ExampleRequest.least(operation));
            if (reply.mediaType().equals("application/json")) {
                // When
                String more = reply.body().replaceFirst("\\{", "{\"surprise\":1,");
                Reply changed = new Reply("", reply.status(), reply.headers(), List.of(more));
                // Then
                assertThat(api.description().deviations(operation, changed))
                        .as(operation.name())
                        .hasSize(1);
            }
        }
    }

    private static ExampleRequest request(DescribedOperation operation, String cursor) {
        return operation.takes("cursor")
                ? ExampleRequest.with(operation, "cursor", cursor)
                : ExampleRequest.withBody(operation, "{\"cursor\":\"" + cursor + "\"}");
    }

    /** Without the names of parameters: two of them in one segment may be one to the server. */
    private static String route(String name) {
        return name.replaceAll("[^/]*\\{[^/]*", "{}");
    }
}
