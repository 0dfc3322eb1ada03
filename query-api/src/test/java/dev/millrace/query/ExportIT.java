package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.query.ApiClient.Answer;
import dev.millrace.schemas.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportIT extends OwnStore {
    /** When the steps of a search began that wait for the table. */
    private static final String STEPS = "SELECT query_start FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%OFFSET $%'";

    private static final String WAITING =
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'event'::regclass";

    @Test
    void anExportHasWhatSqlFindsInTheSameOrder() throws SQLException, IOException {
        // Given: chunks end among events of one moment
        ManyEvents.fill(store, 30_000, 7_000);
        List<String[]> filters = List.of(
                new String[] {"", "true"},
                new String[] {"?type=type-3&type=type-4", "event_type IN ('type-3', 'type-4')"},
                new String[] {"?key=key-7", "event_key = 'key-7'"},
                new String[] {"?match=%7B%22n%22:12345%7D", "payload @> '{\"n\": 12345}'"},
                new String[] {"?match=%7B%22tenth%22:5%7D&key=key-5", "event_key = 'key-5'"},
                new String[] {"?match_metadata=%7B%22source%22:%22x%22%7D", "false"},
                new String[] {
                    "?appended_from=2026-11-01T00:00:00.001Z&appended_until=2026-11-01T00:00:00.003Z",
                    "appended_at >= '2026-11-01T00:00:00.001Z' AND appended_at < '2026-11-01T00:00:00.003Z'"
                },
                new String[] {"?occurred_until=2026-11-01T00:00:00.000100Z", "occurred_at < '2026-11-01T00:00:00.0001Z'"
                });
        for (String[] filter : filters) {
            // When
            List<String> lines = read(filter[0]);
            // Then
            List<String> expected = places(filter[1]);
            assertThat(lines).last().as(filter[0]).isEqualTo(ExportReader.trailer(expected.size()));
            assertThat(ExportReader.places(lines.subList(0, lines.size() - 1)).equals(expected))
                    .as(filter[0])
                    .isTrue();
        }
    }

    @Test
    void aLineHasTheBytesOfTheSingleEvent() throws SQLException, IOException {
        // Given
        List<UUID> ids = new ArrayList<>();
        List<String> texts = List.of("plain", "\" \\ / \b\f\n\r\t\u0001\u001f\u007f", "äß€ 😀 \u2028", "");
        for (int index = 0; index < texts.size(); index++) {
            String text = texts.get(index);
            ids.add(store.append(index, EventStore.START.plusNanos(1_000L * index), "t" + text, text, "{\"ä\": 1.10}"));
        }
        for (String time : List.of("00.1", "00.12", "00.123", "00.1234", "00.12345", "00.123456", "59")) {
            Instant appendedAt = Instant.parse("2026-11-22T16:00:" + time + "Z");
            ids.add(store.append(1, appendedAt, "t", null, "{\"a\": [1e3, \"\\n\"]}"));
        }
        store.execute("UPDATE event SET occurred_at = '0001-01-01 00:00:00.000001+00' WHERE kafka_partition = 0");
        store.execute("UPDATE event SET occurred_at = '9999-12-31 23:59:59.99+00' WHERE kafka_partition = 2");
        store.commit();
        for (int attempt = 0; attempt < 8; attempt++) { // past the driver's switch to binary values
            // When
            List<String> lines = read("");
            // Then
            assertThat(lines).hasSize(ids.size() + 1);
            for (int index = 0; index < ids.size(); index++) {
                assertThat(lines.get(index))
                        .isEqualTo(api.get("/v1/events/" + ids.get(index)).body());
            }
        }
    }

    @Test
    void whatIsWrittenMeanwhileIsNotPartOfIt() throws SQLException, IOException {
        // Given
        ManyEvents.fill(store, 60_000, 10);
        try (ExportReader reader = new ExportReader(api, "")) {
            List<String> lines = new ArrayList<>(reader.lines(1_000));
            // When: also before what is delivered next
            store.execute("INSERT INTO event SELECT appended_at, kafka_partition, kafka_offset + 15000, event_key,"
                    + " gen_random_uuid(), event_type, occurred_at, payload, metadata FROM event"
                    + " WHERE kafka_offset >= 14000");
            store.execute("UPDATE sink_offset SET next_offset = next_offset + 15000");
            store.commit();
            lines.addAll(reader.rest());
            // Then
            assertThat(reader.header("millrace-complete-through")).isEqualTo("0:14999,1:14999,2:14999,3:14999");
            assertThat(lines).hasSize(60_001).last().isEqualTo(ExportReader.trailer(60_000));
            assertThat(ExportReader.places(lines.subList(0, 60_000)).equals(places("kafka_offset < 15000")))
                    .isTrue();
        }
    }

    @Test
    void aClientLearnsThatItsExportHasBegunBeforeAnythingIsFound() throws Exception {
        // Given: a search in steps that are smaller than the table, of which only the first one gets through
        ManyEvents.fill(store, 20_000, 10);
        store.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
        CompletableFuture<ExportReader> begun =
                CompletableFuture.supplyAsync(() -> new ExportReader(api, "?match=%7B%22n%22:19999%7D"));
        Set<String> steps = new HashSet<>();
        await().pollInterval(Duration.ofMillis(20)).until(() -> steps.addAll(ask(STEPS)) && steps.size() == 3);
        try (Connection other = store.connect(TestDatabase.OWNER);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            CompletableFuture<Void> locked = CompletableFuture.runAsync(() -> lock(statement));
            await().pollInterval(Duration.ofMillis(20)).until(() -> ask(WAITING).equals(List.of("2")));
            store.commit();
            locked.join();
            // When
            ExportReader reader = begun.get(10, TimeUnit.SECONDS);
            other.rollback();
            // Then
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.rest()).hasSize(2).last().isEqualTo(ExportReader.trailer(1));
        }
    }

    @Test
    void anEmptyStoreHasAnEmptyExport() throws IOException {
        // When
        try (ExportReader reader = new ExportReader(api, "")) {
            // Then
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("content-type")).isEqualTo("application/x-ndjson");
            assertThat(reader.header("content-disposition")).isEqualTo("attachment; filename=\"events.ndjson\"");
            assertThat(reader.header("x-accel-buffering")).isEqualTo("no");
            assertThat(reader.header("millrace-complete-through")).isEmpty();
            assertThat(reader.rest()).containsExactly(ExportReader.trailer(0));
        }
    }

    @Test
    void gzipIsSentToWhoeverTakesIt() throws SQLException, IOException {
        // Given
        ManyEvents.fill(store, 20_000, 10);
        List<String> plain = read("?type=type-1");
        for (String accepted : List.of("gzip", "br, GZIP;q=0.5", "deflate, gzip ; q=1")) {
            // When
            try (ExportReader reader = new ExportReader(api, "?type=type-1", "Accept-Encoding", accepted)) {
                // Then
                assertThat(reader.header("content-encoding")).as(accepted).isEqualTo("gzip");
                assertThat(reader.header("content-length")).isEmpty();
                assertThat(reader.rest().equals(plain)).isTrue();
            }
        }
        for (String refused : List.of("br", "gzip;q=0", "gzip; q=0.00", "identity")) {
            try (ExportReader reader = new ExportReader(api, "?type=type-1", "Accept-Encoding", refused)) {
                assertThat(reader.header("content-encoding")).as(refused).isEmpty();
                assertThat(reader.rest().equals(plain)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"order=asc", "limit=5", "cursor=x", "wait_for=0:1", "wait_ms=1", "from=beginning", "gzip=1"})
    void onlyTheFilterCanBeAskedFor(String parameter) {
        // When
        Answer answer = api.get("/v1/events/export?" + parameter);
        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.wrongParameters()).containsExactly(parameter.substring(0, parameter.indexOf('=')));
    }

    @Test
    void aBadFilterIsABadRequest() {
        // When
        Answer answer = api.get("/v1/events/export?match=x&appended_from=yesterday");
        // Then
        assertThat(answer.wrongParameters()).containsExactlyInAnyOrder("match", "appended_from");
    }

    private List<String> read(String query) throws IOException {
        try (ExportReader reader = new ExportReader(api, query)) {
            assertThat(reader.status()).as(query).isEqualTo(200);
            return reader.rest();
        }
    }

    private static void lock(Statement statement) {
        try {
            statement.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private List<String> ask(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = store.connect(TestDatabase.OWNER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private List<String> places(String condition) throws SQLException {
        return ask("SELECT kafka_partition || ':' || kafka_offset FROM event WHERE " + condition
                + " ORDER BY appended_at, kafka_partition, kafka_offset");
    }
}
