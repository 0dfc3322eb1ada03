package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.query.ApiClient.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsIT extends OwnStore {
    @Test
    void eventsAreCountedInHalfOpenBuckets() throws SQLException {
        // Given
        append(0, "2026-11-01T00:00:00Z");
        append(1, "2026-11-01T00:00:59.999999Z");
        append(0, "2026-11-01T00:01:00Z");
        append(3, "2026-11-01T00:03:59.999999Z");
        append(2, "2026-11-01T00:04:00Z");
        append(2, "2026-10-31T23:59:59.999999Z");
        store.commit();
        for (int attempt = 0; attempt < 10; attempt++) { // past the driver's switch to prepared statements
            // When
            Answer stats = stats("from=2026-11-01T00:00:00Z&until=2026-11-01T00:04:00Z&step=60");
            // Then
            assertThat(stats.status()).as(stats.body()).isEqualTo(200);
            assertThat(stats.contentType()).startsWith("application/json");
            assertThat(stats.body())
                    .isEqualTo("{\"step_seconds\":60,\"buckets\":["
                            + "{\"start\":\"2026-11-01T00:00:00Z\",\"events\":2},"
                            + "{\"start\":\"2026-11-01T00:01:00Z\",\"events\":1},"
                            + "{\"start\":\"2026-11-01T00:02:00Z\",\"events\":0},"
                            + "{\"start\":\"2026-11-01T00:03:00Z\",\"events\":1}]}");
        }
    }

    @Test
    void bucketsAtTheEdgesHoldWhatLiesInTheSpan() throws SQLException {
        // Given
        append(0, "2026-11-01T00:10:00.000000Z");
        append(0, "2026-11-01T00:20:00.000000Z");
        append(0, "2026-11-01T00:20:00.000001Z");
        append(0, "2026-11-01T02:05:00.000000Z");
        append(0, "2026-11-01T02:05:00.000001Z");
        store.commit();
        // When
        Answer stats = stats("from=2026-11-01T00:20:00.000000Z&until=2026-11-01T02:05:00.000001Z&step=1h");
        // Then
        assertThat(stats.json().path("step_seconds").asLong()).isEqualTo(3600);
        assertThat(stats.json().path("buckets").path(0).path("start").asText()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(events(stats)).containsExactly(2L, 0L, 1L);
    }

    @Test
    void tablePartitionsAndYearsMakeNoDifference() throws SQLException {
        // Given
        append(0, "2026-10-31T23:59:59.999999Z");
        append(0, "2026-11-30T23:59:59.999999Z");
        append(0, "2026-12-01T00:00:00Z");
        store.commit();
        // When
        Answer months = stats("from=2026-10-31T00:00:00Z&until=2026-12-02T00:00:00Z&step=1d");
        Answer all = stats("from=0001-01-01T00:00:00Z&until=0999-12-31T23:59:59.999999Z&step=366d");
        Answer last = stats("from=9000-01-01T00:00:00Z&until=9999-12-31T23:59:59.999999Z&step=366d");
        // Then
        assertThat(events(months)).hasSize(32).startsWith(1L, 0L).endsWith(0L, 1L, 1L);
        assertThat(events(months).stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
        assertThat(events(all)).hasSizeBetween(990, 1000).containsOnly(0L);
        assertThat(events(last)).hasSizeBetween(990, 1000).containsOnly(0L);
    }

    @Test
    void onlyWhatIsCommittedCounts() throws SQLException {
        // Given
        append(0, "2026-11-01T00:00:00Z");
        store.commit();
        append(0, "2026-11-01T00:00:01Z");
        // When
        Answer before = stats("from=2026-11-01T00:00:00Z&until=2026-11-01T00:00:10Z&step=10s");
        store.commit();
        Answer after = stats("from=2026-11-01T00:00:00Z&until=2026-11-01T00:00:10Z&step=10s");
        // Then
        assertThat(events(before)).containsExactly(1L);
        assertThat(events(after)).containsExactly(2L);
    }

    @Test
    void withoutAnythingItIsTheLastHourByMinutes() {
        // Given
        Instant earliest = Instant.now().minusSeconds(1);
        // When
        Answer stats = stats("");
        // Then
        JsonNode buckets = stats.json().path("buckets");
        Instant last = Instant.parse(buckets.path(59).path("start").asText());
        assertThat(stats.json().path("step_seconds").asLong()).isEqualTo(60);
        assertThat(buckets).hasSize(60);
        assertThat(last.plusSeconds(60)).isAfter(earliest);
        assertThat(last).isBefore(Instant.now().plusSeconds(1));
        assertThat(Duration.between(Instant.parse(buckets.path(0).path("start").asText()), last))
                .isEqualTo(Duration.ofMinutes(59));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "until=2026-11-01T00:00:00Z 60 60 2026-10-31T23:00:00Z",
                "until=2026-11-01T00:00:00.000001Z 60 60 2026-10-31T23:01:00Z",
                "until=2026-11-01T00:00:00Z&step=1d 60 86400 2026-09-02T00:00:00Z",
                "until=0001-01-01T00:00:01Z 1 60 0001-01-01T00:00:00Z",
                "from=2026-11-01T05:00:00%2B02:00&until=2026-11-01T03:00:01Z&step=1s 1 1 2026-11-01T03:00:00Z",
                "from=1969-12-31T23:59:59Z&until=1970-01-01T00:00:00Z&step=7 1 7 1969-12-31T23:59:53Z",
                "from=2026-11-01T00:00:00Z&until=2026-11-01T00:16:40Z&step=1 1000 1 2026-11-01T00:00:00Z",
                "from=2026-11-01T00:00:00Z&until=2026-11-02T00:00:00Z&step=7h 4 25200 2026-10-31T22:00:00Z"
            })
    void theSpanIsCutAtTheMultiplesOfTheStep(String query, int buckets, long step, String start) {
        // When
        Answer stats = stats(query);
        // Then
        assertThat(stats.status()).as(stats.body()).isEqualTo(200);
        assertThat(stats.json().path("step_seconds").asLong()).isEqualTo(step);
        assertThat(stats.json().path("buckets")).hasSize(buckets);
        assertThat(stats.json().path("buckets").path(0).path("start").asText()).isEqualTo(start);
    }

    @Test
    void aCountThatRunsIntoItsTimeLimitIsTooExpensive() throws SQLException {
        // Given
        store.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
        // When
        Answer answer = stats("");
        store.commit();
        // Then
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("type")).isEqualTo("urn:millrace:problem:query-too-expensive");
        assertThat(answer.body()).doesNotContain("statement");
    }

    private void append(int partition, String appendedAt) throws SQLException {
        store.append(partition, Instant.parse(appendedAt), "t", null, "{}");
    }

    private Answer stats(String query) {
        return api.get("/v1/stats?" + query);
    }

    private static List<Long> events(Answer stats) {
        List<Long> events = new ArrayList<>();
        stats.json()
                .path("buckets")
                .forEach(bucket -> events.add(bucket.path("events").asLong()));
        return events;
    }
}
