package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventByIdIT extends OwnStore {
    @Test
    void anEventIsShownAsItIsStored() throws SQLException {
        // Given
        UUID eventId = store.append(
                2,
                Instant.parse("2026-11-22T16:00:00.123456Z"),
                "order.placed",
                "ada \"l\"",
                "{\"b\":1.10,\"a\":[1e3,12345678901234567890.123456789]}");
        store.commit();
        for (int attempt = 0; attempt < 10; attempt++) { // past the driver's switch to binary values
            // When
            Answer answer = api.get("/v1/events/" + eventId.toString().toUpperCase(Locale.ROOT));
            // Then
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).startsWith("application/json");
            assertThat(answer.body())
                    .isEqualTo("{\"event_id\":\"" + eventId + "\",\"event_type\":\"order.placed\","
                            + "\"key\":\"ada \\\"l\\\"\",\"occurred_at\":\"2026-11-22T15:59:59.123456Z\","
                            + "\"appended_at\":\"2026-11-22T16:00:00.123456Z\",\"partition\":2,\"offset\":0,"
                            + "\"payload\":{\"a\": [1000, 12345678901234567890.123456789], \"b\": 1.10},"
                            + "\"metadata\":{}}");
        }
    }

    @Test
    void timesOfAllYearsAreKept() throws SQLException {
        // Given
        UUID eventId = store.append(0, EventStore.START, "t", null, "{}");
        store.execute("UPDATE event SET occurred_at = '0001-01-01 00:00:00.000001+00'");
        UUID later = store.append(1, EventStore.START, "t", null, "{}");
        store.execute("UPDATE event SET occurred_at = '9999-12-31 23:59:59.999999+00' WHERE kafka_partition = 1");
        store.commit();
        for (int attempt = 0; attempt < 10; attempt++) {
            // When
            String first = api.get("/v1/events/" + eventId).text("occurred_at");
            String last = api.get("/v1/events/" + later).text("occurred_at");
            // Then
            assertThat(first).isEqualTo("0001-01-01T00:00:00.000001Z");
            assertThat(last).isEqualTo("9999-12-31T23:59:59.999999Z");
        }
    }

    @Test
    void anIdOnTwoPartitionsIsTheFirstInTheOrderOfAllEvents() throws SQLException {
        // Given
        UUID eventId = UUID.randomUUID();
        store.append(eventId, 0, EventStore.START.plusSeconds(9), "later", null, "{}");
        store.append(eventId, 3, EventStore.START.plusSeconds(5), "first", null, "{}");
        store.append(eventId, 2, EventStore.START.plusSeconds(7), "later", null, "{}");
        store.commit();
        // When
        Answer answer = api.get("/v1/events/" + eventId);
        // Then
        assertThat(answer.text("event_type")).isEqualTo("first");
        assertThat(answer.has("key")).isFalse();
    }

    @Test
    void anUnknownIdIsNotFound() {
        // When
        Answer answer = api.get("/v1/events/" + UUID.randomUUID());
        // Then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("urn:millrace:problem:not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1-1-1-1-1",
                "0190a5c8-7c1e-7000-8000-00000000000g",
                "0190a5c8-7c1e-7000-8000-0000000000000",
                "0190a5c87c1e70008000000000000000",
                "%7B0190a5c8-7c1e-7000-8000-000000000000%7D",
                "0190a5c8-7c1e-7000-8000-00000000000%00",
                "%20",
                "'",
                "%FF"
            })
    void whatIsNoUuidIsABadRequest(String text) {
        // When
        Answer answer = api.get("/v1/events/" + text);
        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }
}
