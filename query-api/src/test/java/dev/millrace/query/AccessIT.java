package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.millrace.query.ApiClient.Answer;
import dev.millrace.schemas.access.AccessScope;
import dev.millrace.schemas.access.AccessSetupException;
import dev.millrace.schemas.access.NewApiKey;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessIT {
    private static final NewApiKey READER = key("reader", AccessScope.READ);
    private static final NewApiKey WRITER = key("writer", AccessScope.WRITE);
    private static final NewApiKey ADMIN = key("admin", AccessScope.ADMIN);

    @TempDir
    private static Path directory;

    private static EventStore store;
    private static ApiClient api;

    @BeforeAll
    static void start() throws IOException, SQLException {
        store = new EventStore();
        write(file(), READER, WRITER, ADMIN);
        api = new ApiClient(settings("127.0.0.1", file()));
    }

    @AfterAll
    static void stop() throws SQLException {
        api.close();
        store.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/events",
                "/v1/events/0190a5c8-7c1e-7000-8000-000000000000",
                "/v1/status",
                "/v1/nothing",
                "/metrics",
                "/",
                "/openapi.yaml/x",
                "/health",
                "/v1/events?limit=0"
            })
    void withoutAKeyNothingIsSaid(String path) {
        for (String method : new String[] {"GET", "HEAD", "POST", "OPTIONS"}) {
            // When
            Answer answer = send(method, path);
            // Then
            assertThat(answer.status()).as(method).isEqualTo(401);
            assertThat(answer.response().headers().allValues("www-authenticate"))
                    .containsExactly("Bearer");
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(answer.response().headers().map()).doesNotContainKeys("server", "x-powered-by");
        }
    }

    @Test
    void theProblemSaysHowToSendAKey() {
        // When
        Answer none = send("GET", "/v1/events");
        Answer unknown = send("GET", "/v1/events", "Authorization", "Bearer mr_unknown");
        Answer two = send("GET", "/v1/events", "Authorization", "Bearer " + READER.key(), "X-API-Key", READER.key());
        // Then
        assertThat(none.text("type")).isEqualTo("urn:millrace:problem:unauthenticated");
        assertThat(none.text("detail")).contains("Authorization: Bearer KEY", "X-API-Key");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text("detail")).isEqualTo("nobody has this key");
        assertThat(unknown.body()).doesNotContain("mr_unknown");
        assertThat(two.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/events", "/v1/status", "/metrics"})
    void aKeyOpensInEitherHeader(String path) {
        // When
        Answer bearer = send("GET", path, "Authorization", "Bearer " + READER.key());
        Answer header = send("GET", path, "X-API-Key", READER.key());
        Answer admin = send("GET", path, "X-API-Key", ADMIN.key());
        // Then
        assertThat(bearer.status()).as(bearer.body()).isEqualTo(200);
        assertThat(header.status()).isEqualTo(200);
        assertThat(admin.status()).isEqualTo(200);
    }

    @Test
    void aKeyForSomethingElseIsForbidden() {
        // When
        Answer answer = send("GET", "/v1/events", "X-API-Key", WRITER.key());
        // Then
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("type")).isEqualTo("urn:millrace:problem:forbidden");
        assertThat(answer.text("detail")).contains("'read'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/openapi.yaml"})
    void probesAndTheDescriptionAreOpen(String path) {
        // When
        Answer answer = send("GET", path);
        // Then
        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//v1/events",
                "/health/..//v1/events",
                "/health/%2e%2e/v1/status",
                "/health/../v1/status",
                "/health/..;/v1/status",
                "/v1;x=/health/live",
                "/metrics;/health/live",
                "/V1/status",
                "/%76%31/status"
            })
    void noSpellingOfAPathGoesRoundTheKey(String path) throws IOException {
        // When
        String answer =
                RawRequest.send(api.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 4")
                .doesNotContain("complete_through")
                .doesNotContain("jvm_");
    }

    @Test
    void refusalsAreMeasuredAndKeysAreNowhere() {
        // Given
        send("GET", "/v1/events", "X-API-Key", "mr_nobody");
        // When
        String metrics = send("GET", "/metrics", "X-API-Key", READER.key()).body();
        // Then
        assertThat(metrics).containsPattern("http_server_requests_seconds_count\\{[^}]*status=\"401\"");
        assertThat(metrics).doesNotContain("mr_");
    }

    @Test
    void aKeyIsTakenBackWhileTheServiceRuns() throws IOException {
        // Given
        Path file = directory.resolve("changing");
        write(file, READER, ADMIN);
        try (ApiClient changing = new ApiClient(settings("127.0.0.1", file))) {
            HttpRequest request = HttpRequest.newBuilder(changing.uri("/v1/status"))
                    .header("X-API-Key", READER.key())
                    .build();
            assertThat(changing.send(request).status()).isEqualTo(200);
            // When
            write(file, ADMIN);
            // Then
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(changing.send(request).status()).isEqualTo(401));
        }
    }

    @Test
    void whereOthersReachItItStartsOnlyWithKeys() {
        // When
        Throwable open = catchThrowable(() -> QueryApiApp.start(
                new QueryApiSettings(store.readerUrl(), "0.0.0.0", 0, 2, false, ApiClient.LIMITS, Optional.empty())));
        Throwable missing = catchThrowable(() -> QueryApiApp.start(settings("0.0.0.0", directory.resolve("missing"))));
        // Then
        assertThat(open).isInstanceOf(AccessSetupException.class).hasMessageContaining("query-api.api-keys-file=FILE");
        assertThat(missing).isInstanceOf(AccessSetupException.class).hasMessageContaining("is not there");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("replica:housekeeper"))
                .hasSize(1);
        try (ApiClient keyed = new ApiClient(settings("0.0.0.0", file()))) {
            assertThat(keyed.get("/v1/status").status()).isEqualTo(401);
        }
    }

    private static Answer send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return api.send(request.build());
    }

    private static QueryApiSettings settings(String host, Path file) {
        return new QueryApiSettings(store.readerUrl(), host, 0, 2, false, ApiClient.LIMITS, Optional.of(file));
    }

    private static NewApiKey key(String name, AccessScope scope) {
        return NewApiKey.make(name, Set.of(scope), new SecureRandom());
    }

    private static Path file() {
        return directory.resolve("api-keys");
    }

    private static void write(Path file, NewApiKey... keys) throws IOException {
        Files.writeString(file, Arrays.stream(keys).map(NewApiKey::line).collect(Collectors.joining("\n")));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
