package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is not said means what the description says that it means. */
class OpenApiDefaultsIT {
    /** More than any page has. */
    private static final int EVENTS = 1_200;

    private static final String WAIT_FOR_ALL_TIME = "0:999999999";

    private static EventStore store;
    private static DescribedApi api;

    @BeforeAll
    static void start() throws SQLException {
        store = new EventStore();
        ManyEvents.fill(store, EVENTS, 10);
        api = new DescribedApi(store.readerUrl());
    }

    @AfterAll
    static void stop() throws SQLException {
        api.close();
        store.close();
    }

    @Test
    void whoeverSaysTheDefaultGetsWhatOthersGet() {
        int compared = 0;
        for (DescribedOperation operation : api.description().operations()) {
            for (Map.Entry<String, JsonNode> each : defaults(operation).entrySet()) {
                // When
                Reply without = api.ask(operation, ExampleRequest.least(operation));
                Reply with = api.ask(operation, request(operation, each.getKey(), each.getValue()));
                // Then
                assertThat(comparable(with)).as(each + " of " + operation).isEqualTo(comparable(without));
                compared++;
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(7);
    }

    @Test
    void aWaitIsAsLongAsDescribed() {
        for (DescribedOperation operation : api.description().operations()) {
            JsonNode millis = defaults(operation).get("wait_ms");
            if (millis != null) {
                long begin = System.nanoTime();
                // When
                Reply reply = api.ask(
                        operation,
                        operation.takes("wait_for")
                                ? ExampleRequest.with(operation, "wait_for", WAIT_FOR_ALL_TIME)
                                : ExampleRequest.withBody(operation, "{\"wait_for\":\"" + WAIT_FOR_ALL_TIME + "\"}"));
                // Then
                Duration waited = Duration.ofNanos(System.nanoTime() - begin);
                assertThat(reply.status()).isEqualTo(503);
                assertThat(waited.toMillis()).isBetween(millis.asLong(), millis.asLong() + 1_000);
            }
        }
    }

    private static Map<String, JsonNode> defaults(DescribedOperation operation) {
        Map<String, JsonNode> defaults = new TreeMap<>();
        for (JsonNode parameter : operation.queryParameters()) {
            put(defaults, parameter.path("name").asText(), parameter.path("schema"));
        }
        api.description()
                .resolve(operation.body().path("schema"))
                .path("properties")
                .properties()
                .forEach(field -> put(defaults, field.getKey(), field.getValue()));
        return defaults;
    }

    private static void put(Map<String, JsonNode> defaults, String name, JsonNode schema) {
        JsonNode value = api.description().resolve(schema).get("default");
        if (value != null) {
            defaults.put(name, value);
        }
    }

    private static ExampleRequest request(DescribedOperation operation, String name, JsonNode value) {
        return operation.takes(name)
                ? ExampleRequest.with(operation, name, value.asText())
                : ExampleRequest.withBody(operation, "{\"" + name + "\":" + value + "}");
    }

    /** Without what goes on with the time of the day. */
    private static String comparable(Reply reply) {
        return reply.body().replaceFirst("\"buckets\".*", "");
    }
}
