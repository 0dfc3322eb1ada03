package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.RecordBytes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptIT extends OwnStore {
    private static final UUID ID = EventBuilder.id(7);
    private static final byte[] VALUE = EventBuilder.EVENT.withId(ID).value();

    @Test
    void aRecordIsPendingUntilItsCommitAndThenStored() throws SQLException {
        // Given
        Answer empty = receipt("2:0");
        UUID eventId = store.append(2, 1);
        Answer before = receipt("2:0");
        store.commit();
        // When
        Answer stored = receipt("2:0");
        Answer next = receipt("2:1");
        Answer other = receipt("1:0");
        Answer last = receipt("2:9223372036854775807");
        // Then
        assertThat(stored.status()).isEqualTo(200);
        assertThat(stored.contentType()).startsWith("application/json");
        assertThat(stored.body()).isEqualTo("{\"state\":\"stored\",\"event_id\":\"" + eventId + "\"}");
        assertThat(empty.body())
                .isEqualTo("{\"state\":\"pending\"}")
                .isEqualTo(before.body())
                .isEqualTo(next.body())
                .isEqualTo(other.body())
                .isEqualTo(last.body());
    }

    @Test
    void anEventIsFoundInEveryTablePartition() throws SQLException {
        // Given
        UUID first = store.append(0, Instant.parse("2026-10-01T00:00:00Z"), "t", null, "{}");
        store.append(1, Instant.parse("2026-11-01T00:00:00Z"), "t", null, "{}");
        UUID last = store.append(0, Instant.parse("2026-12-31T23:59:59.999999Z"), "t", null, "{}");
        store.commit();
        for (int attempt = 0; attempt < 10; attempt++) { // past the driver's switch to binary values
            // When, Then
            assertThat(receipt("0:0").text("event_id")).isEqualTo(first.toString());
            assertThat(receipt("0:1").text("event_id")).isEqualTo(last.toString());
        }
    }

    @Test
    void leadingZerosAreTheSameNumber() throws SQLException {
        // Given
        store.append(0, 1);
        store.commit();
        // When
        Answer zeros = receipt("00:0000");
        Answer encoded = receipt("0%3A0");
        // Then
        assertThat(zeros.text("state")).isEqualTo("stored");
        assertThat(encoded.body()).isEqualTo(zeros.body());
    }

    @Test
    void aRecordAfterAnEventWithoutAnyRowIsADuplicate() throws SQLException {
        // Given
        store.append(3, 1);
        store.skip(3, EventStore.START, 2);
        store.append(3, 2);
        store.commit();
        // When
        Answer duplicate = receipt("3:2");
        // Then
        assertThat(duplicate.status()).isEqualTo(200);
        assertThat(duplicate.body()).isEqualTo("{\"state\":\"duplicate\"}");
        assertThat(receipt("3:3").text("state")).isEqualTo("stored");
    }

    @Test
    void withNoEventBeforeItNothingIsClaimed() throws SQLException {
        // Given
        store.append(0, 1);
        store.skip(1, EventStore.START, 2);
        store.append(1, 2);
        store.commit();
        // When
        Answer answer = receipt("1:1");
        // Then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("urn:millrace:problem:not-found");
        assertThat(answer.text("detail")).contains("1:1");
    }

    @Test
    void aRemovedEventIsNotCalledADuplicate() throws SQLException {
        // Given
        store.append(0, Instant.parse("2026-10-05T00:00:00Z"), "t", null, "{}");
        store.append(0, Instant.parse("2026-10-06T00:00:00Z"), "t", null, "{}");
        store.append(0, Instant.parse("2026-11-01T00:00:00Z"), "t", null, "{}");
        store.execute("DROP TABLE \"event_2026-10\"");
        store.commit();
        // When
        Answer removed = receipt("0:1");
        Answer stored = receipt("0:2");
        // Then
        assertThat(removed.status()).isEqualTo(404);
        assertThat(stored.text("state")).isEqualTo("stored");
    }

    @Test
    void aConflictNamesTheCopyThatIsKept() throws SQLException {
        // Given
        store.append(0, 1);
        store.append(ID, 1, EventStore.START, "first", null, "{}");
        store.append(ID, 0, EventStore.START.plusSeconds(2), "elsewhere", null, "{}");
        store.skip(1, EventStore.START, 1);
        reject("1, 1, 'conflict'", VALUE);
        store.commit();
        // When
        Answer rejected = receipt("1:1");
        // Then
        assertThat(rejected.status()).isEqualTo(200);
        assertThat(rejected.body())
                .isEqualTo("{\"state\":\"rejected\",\"event_id\":\"" + ID
                        + "\",\"reason\":\"conflict\",\"kept\":\"1:0\"}");
    }

    @Test
    void aCopyThatCameLaterIsNotTheOneThatWasKept() throws SQLException {
        // Given
        store.skip(1, EventStore.START, 1);
        reject("1, 0, 'conflict'", VALUE);
        store.append(ID, 1, EventStore.START, "again, after retention", null, "{}");
        store.commit();
        // When
        Answer rejected = receipt("1:0");
        // Then
        assertThat(rejected.body())
                .isEqualTo("{\"state\":\"rejected\",\"event_id\":\"" + ID + "\",\"reason\":\"conflict\"}");
    }

    @Test
    void aRejectedRecordHasItsIdIfItsBytesCanBeRead() throws SQLException {
        // Given
        store.skip(0, EventStore.START, 3);
        reject("0, 0, 'refused_by_database'", VALUE);
        reject("0, 1, 'undecodable'", null);
        reject("0, 2, 'invalid_type'", RecordBytes.event("", 0, "{}", "{}"));
        store.execute("UPDATE rejected_event SET topic = 'another.topic' WHERE kafka_offset = 0");
        reject("0, 0, 'refused_by_database'", VALUE);
        store.commit();
        // When
        Answer readable = receipt("0:0");
        Answer none = receipt("0:1");
        Answer invalid = receipt("0:2");
        // Then
        assertThat(readable.body())
                .isEqualTo("{\"state\":\"rejected\",\"event_id\":\"" + ID + "\",\"reason\":\"refused_by_database\"}");
        assertThat(none.body()).isEqualTo("{\"state\":\"rejected\",\"reason\":\"undecodable\"}");
        assertThat(invalid.body()).isEqualTo("{\"state\":\"rejected\",\"reason\":\"invalid_type\"}");
    }

    @Test
    void aGapIsHalfOpenAndOfOnePartitionOfTheTopic() throws SQLException {
        // Given
        store.append(0, 1);
        store.skip(0, EventStore.START, 4);
        store.append(1, 1);
        store.skip(1, EventStore.START, 4);
        gap("'events.v1', 0, 1, 3");
        gap("'events.v1', 1, 5, 9");
        gap("'another.topic', 0, 0, 9");
        store.commit();
        // When, Then
        assertThat(receipt("0:0").text("state")).isEqualTo("stored");
        assertThat(receipt("0:1").body()).isEqualTo("{\"state\":\"gap\",\"reason\":\"retention\"}");
        assertThat(receipt("0:2").text("state")).isEqualTo("gap");
        assertThat(receipt("0:3").text("state")).isEqualTo("duplicate");
        assertThat(receipt("1:1").text("state")).isEqualTo("duplicate");
        assertThat(receipt("1:5").text("state")).as("not passed yet").isEqualTo("pending");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                ":",
                "0:",
                ":0",
                "0:-1",
                "-1:0",
                "0:+1",
                "0:1:2",
                "0:1,1:2",
                "a:b",
                "0:9223372036854775808",
                "2147483648:0",
                "0:99999999999999999999",
                "0:%D9%A1",
                "4:0",
                "2147483647:0",
                "0:0?wait_ms=5"
            })
    void everythingElseIsAnErrorThatNamesWhatIsWrong(String position) {
        // When
        Answer answer = receipt(position);
        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.wrongParameters()).containsExactly(position.contains("?") ? "wait_ms" : "position");
    }

    private Answer receipt(String position) {
        return api.get("/v1/receipts/" + position);
    }

    private void reject(String placeAndReason, byte @Nullable [] value) throws SQLException {
        String bytes = value == null ? "NULL" : "'\\x" + HexFormat.of().formatHex(value) + "'";
        store.execute("INSERT INTO rejected_event VALUES ('events.v1', " + placeAndReason + ", 'for a person', NULL, "
                + bytes + ", '[]')");
    }

    private void gap(String range) throws SQLException {
        store.execute("INSERT INTO sink_gap VALUES (" + range + ", 'retention', now())");
    }
}
