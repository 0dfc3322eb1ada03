package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Every status that is described comes, with the headers and the problem that are described for it. */
class OpenApiFailuresIT {
    /** By tests of their own: keys, slow and large bodies; more requests than are worked on, below. */
    private static final Set<String> PROVOKED_ELSEWHERE = Set.of("401", "403", "408", "413", "415", "429");

    @Test
    void everyDescribedStatusComesAsDescribed() throws SQLException {
        try (EventStore store = ExampleEvents.store();
                TestDatabase empty = TestDatabase.createEmpty();
                DescribedApi api = new DescribedApi(store.readerUrl());
                DescribedApi withoutTables = new DescribedApi(empty.url() + "?user=" + TestDatabase.READER)) {
            // When
            askWell(api);
            askForWhatIsNotThere(api);
            askWithOldCursors(api, store);
            askWhileTablesAreLocked(api, store);
            askForBrokenTables(api, store);
            askAll(withoutTables, operation -> true);
            // Then
            List<String> seen = new ArrayList<>(api.seen());
            seen.addAll(withoutTables.seen());
            assertThat(seen).containsAll(described(api));
        }
    }

    @Test
    void whatNoRouteTakesIsDescribedToo() throws SQLException {
        try (EventStore store = ExampleEvents.store();
                DescribedApi api = new DescribedApi(store.readerUrl())) {
            DescribedOperation any = api.description().operation("GET /v1/events");
            // When
            Reply method = api.send("DELETE", new ExampleRequest("/v1/events", ""));
            Reply path = api.send("GET", new ExampleRequest("/nowhere", ""));
            Reply address = api.send("GET", new ExampleRequest("/v1/events?type=" + "a".repeat(20_000), ""));
            // Then
            assertThat(method.status()).isEqualTo(405);
            assertThat(path.status()).isEqualTo(404);
            assertThat(address.status()).isIn(414, 431);
            assertThat(method.header("Allow")).isPresent();
            for (Reply each : List.of(method, path, address)) {
                assertThat(api.description().deviations(any, each))
                        .as(each.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void whoComesOnTopIsRefusedAsDescribed() throws SQLException {
        try (EventStore store = ExampleEvents.store();
                DescribedApi api = new DescribedApi(new ApiClient(new QueryApiSettings(
                        store.readerUrl(), "127.0.0.1", 0, 2, false, new ClientLimits(1, 1, 1), Optional.empty())))) {
            // Given
            store.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Reply> working =
                    CompletableFuture.supplyAsync(() -> api.send("GET", new ExampleRequest("/v1/events", "")));
            ExampleRequest wrong = new ExampleRequest("/v1/events?limit=0", "");
            await().until(() -> api.send("GET", wrong).status() == 429);
            for (DescribedOperation operation : served(api, OpenApiFailuresIT::isLimited)) {
                // When
                Reply reply = api.ask(operation, ExampleRequest.least(operation));
                // Then
                assertThat(reply.status()).as(reply.toString()).isEqualTo(429);
            }
            store.commit();
            assertThat(working.join().status()).isEqualTo(200);
        }
    }

    private static void askWell(DescribedApi api) {
        askAll(api, operation -> true);
        for (DescribedOperation operation : served(api, DescribedOperation::isStrict)) {
            api.ask(operation, ExampleRequest.with(operation, "surprise", "1"));
        }
    }

    private static void askForWhatIsNotThere(DescribedApi api) {
        for (DescribedOperation operation :
                served(api, operation -> operation.path().contains("{"))) {
            String unknown =
                    operation.examplePath().replaceFirst("0000001$", "000ffff").replaceFirst("0:0$", "2:3");
            api.ask(operation, new ExampleRequest(unknown, ""));
        }
        for (DescribedOperation operation : served(api, OpenApiFailuresIT::isPaged)) {
            api.ask(operation, paged(operation, "wait_for", "0:99"));
        }
    }

    private static void askWithOldCursors(DescribedApi api, EventStore store) throws SQLException {
        Reply page = api.ask(api.description().operation("GET /v1/events"), new ExampleRequest("/v1/events", ""));
        store.remakeTopic("topic-two");
        for (DescribedOperation operation : served(api, OpenApiFailuresIT::isPaged)) {
            api.ask(operation, paged(operation, "cursor", page.text("tail_cursor")));
        }
    }

    private static void askWhileTablesAreLocked(DescribedApi api, EventStore store) throws SQLException {
        // Beside a stream that is open, another one opens without asking the replica.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> api.send("GET", new ExampleRequest("/metrics", ""))
                        .body()
                        .contains("query_streams 0.0"));
        store.execute("LOCK TABLE event, event_identity, sink_offset IN ACCESS EXCLUSIVE MODE");
        askAll(api, DescribedOperation::isStrict);
        store.commit();
    }

    private static void askForBrokenTables(DescribedApi api, EventStore store) throws SQLException {
        store.execute("ALTER TABLE event RENAME COLUMN appended_at TO was_appended_at");
        store.execute("ALTER TABLE sink_offset RENAME COLUMN next_offset TO was_next_offset");
        store.commit();
        askAll(api, DescribedOperation::isStrict);
    }

    private static void askAll(DescribedApi api, Predicate<DescribedOperation> wanted) {
        for (DescribedOperation operation : served(api, wanted)) {
            api.ask(operation, ExampleRequest.least(operation));
        }
    }

    private static List<DescribedOperation> served(DescribedApi api, Predicate<DescribedOperation> wanted) {
        return api.description().operations().stream().filter(wanted).toList();
    }

    /** Streams have a limit of their own, and so have probes. */
    private static boolean isLimited(DescribedOperation operation) {
        return operation.isStrict() && operation.responses().has("429");
    }

    private static boolean isPaged(DescribedOperation operation) {
        return operation.takes("cursor") || operation.body().has("schema");
    }

    private static ExampleRequest paged(DescribedOperation operation, String name, String value) {
        return operation.body().has("schema")
                ? ExampleRequest.withBody(operation, "{\"" + name + "\":\"" + value + "\",\"wait_ms\":0}")
                : ExampleRequest.with(operation, name, value);
    }

    private static List<String> described(DescribedApi api) {
        List<String> described = new ArrayList<>();
        for (DescribedOperation operation : served(api, operation -> true)) {
            operation.responses().fieldNames().forEachRemaining(status -> {
                if (!status.equals("default") && !PROVOKED_ELSEWHERE.contains(status)) {
                    described.add(operation.name() + " " + status);
                }
            });
        }
        return described;
    }
}
