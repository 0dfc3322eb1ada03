package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.millrace.query.ApiClient.Answer;
import dev.millrace.schemas.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exports that are much larger than what lies in buffers between the database and the client. */
class ExportFaultIT {
    private static final int EVENTS = 300_001;
    private static final String SESSIONS =
            " FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'millrace-query-api'";

    private static final List<String> REMOVED = List.of("2026-10", "2026-11");

    private static EventStore store;
    private ApiClient api;

    @BeforeAll
    static void fill() throws SQLException {
        store = new EventStore();
        store.execute("DROP INDEX event_payload, event_metadata");
        ManyEvents.fill(store, EVENTS - 1, 10);
        // In the next table partition, so that what is older can be removed.
        store.execute(
                "INSERT INTO event VALUES ('2026-12-05', 0, 75000, 'late', gen_random_uuid(), 'late', '2026-12-05',"
                        + " '{}', '{}')");
        store.execute("UPDATE sink_offset SET next_offset = 75001, last_appended_at = '2026-12-05'"
                + " WHERE kafka_partition = 0");
        store.commit();
    }

    @BeforeEach
    void start() {
        api = new ApiClient(store.readerUrl());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @AfterAll
    static void close() throws SQLException {
        store.close();
    }

    @Test
    void connectionsThatDieInTheMiddleCostNoEvent() throws SQLException, IOException {
        // Given
        try (ExportReader reader = new ExportReader(api, "")) {
            List<String> places = new ArrayList<>();
            int killed = 0;
            // When
            while (places.size() < EVENTS - 20_000) {
                places.addAll(ExportReader.places(reader.lines(20_000)));
                killed += Integer.parseInt(
                        ask("SELECT count(*) FROM (SELECT pg_terminate_backend(pid)" + SESSIONS + ")"));
            }
            places.addAll(ExportReader.places(reader.lines(EVENTS - places.size())));
            // Then
            assertThat(killed).isGreaterThan(5);
            assertThat(reader.rest()).containsExactly(ExportReader.trailer(EVENTS));
            assertThat(new HashSet<>(places)).hasSize(EVENTS);
        }
    }

    @Test
    void whatWasRemovedMeanwhileCutsTheExport() throws SQLException, IOException {
        // Given
        try (ExportReader reader = new ExportReader(api, "")) {
            List<String> lines = new ArrayList<>(reader.lines(1_000));
            // When
            for (String month : REMOVED) {
                store.execute("ALTER TABLE event DETACH PARTITION \"event_" + month + "\"");
            }
            store.commit();
            Throwable thrown = catchThrowable(() -> reader.readInto(lines, EVENTS + 1));
            // Then
            assertThat(thrown).isInstanceOf(IOException.class);
            assertThat(lines).noneMatch(line -> line.contains("_end")).hasSizeBetween(1_000, EVENTS - 1);
        } finally {
            for (String month : REMOVED) {
                store.execute("ALTER TABLE event ATTACH PARTITION \"event_" + month + "\" FOR VALUES FROM ('" + month
                        + "-01') TO ('" + month + "-01'::date + interval '1 month')");
            }
            store.commit();
        }
    }

    @Test
    void aReaderThatStopsHoldsNoTransactionAndOneThatGoesLeavesItsPlace() throws IOException {
        // Given
        ExportReader stopped = new ExportReader(api, "");
        ExportReader other = new ExportReader(api, "", "Accept-Encoding", "gzip");
        stopped.lines(10);
        other.lines(10);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ask("SELECT count(*) FILTER (WHERE xact_start IS NOT NULL)" + SESSIONS))
                        .isEqualTo("0"));
        // When
        Answer third = api.get("/v1/events/export");
        stopped.close();
        // Then
        assertThat(third.status()).isEqualTo(503);
        assertThat(third.text("type")).isEqualTo("urn:millrace:problem:too-many-exports");
        assertThat(third.response().headers().firstValue("retry-after")).isPresent();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            try (ExportReader next = new ExportReader(api, "?key=none")) {
                assertThat(next.rest()).containsExactly(ExportReader.trailer(0));
            }
        });
        other.close();
    }

    @Test
    void theHeapDoesNotGrowWithTheExport() throws IOException {
        // Given
        long before = usedHeap();
        long peak = 0;
        long bytes = 0;
        try (ExportReader reader = new ExportReader(api, "")) {
            // When
            List<String> lines;
            do {
                lines = reader.lines(25_000);
                bytes += lines.stream().mapToLong(String::length).sum();
                lines = new ArrayList<>(lines.subList(Math.max(0, lines.size() - 1), lines.size()));
                peak = Math.max(peak, usedHeap());
            } while (!lines.isEmpty() && !lines.get(0).contains("_end"));
            // Then
            assertThat(lines).containsExactly(ExportReader.trailer(EVENTS));
            assertThat(bytes).isGreaterThan(150_000_000);
            assertThat(peak - before).as("bytes").isLessThan(60_000_000);
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String ask(String sql) throws SQLException {
        try (Connection connection = store.connect(TestDatabase.READER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
