package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WaitForIT extends OwnStore {
    @Test
    void anAnswerWaitsForTheCommitAndIncludesIt() throws SQLException {
        // Given
        store.append(1, 1);
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> api.events("wait_for", "1:0", "wait_ms", "10000"));
        Awaitility.await()
                .during(200, TimeUnit.MILLISECONDS)
                .atMost(1, TimeUnit.SECONDS)
                .until(() -> !answer.isDone());
        // When
        store.commit();
        // Then
        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(answer.join().places()).containsExactly("1:0");
        assertThat(api.get("/metrics").body()).contains("query_visible_seconds_count 1");
    }

    @Test
    void theFirstEventOfAllCanBeWaitedFor() throws SQLException {
        // Given
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> api.events("wait_for", "3:0"));
        // When
        store.append(3, 1);
        store.commit();
        // Then
        assertThat(answer.join().places()).containsExactly("3:0");
    }

    @Test
    void allPositionsHaveToBeThere() throws SQLException {
        // Given
        store.append(0, 1);
        store.append(1, 2);
        store.commit();
        // When
        Answer both = api.events("wait_for", "0:0,1:0,0:0", "wait_ms", "0");
        Answer one = api.events("wait_for", "0:0,1:1", "wait_ms", "0");
        // Then
        assertThat(both.places()).containsExactly("0:0", "1:0");
        assertThat(one.status()).isEqualTo(503);
    }

    @Test
    void aRecordThatIsNoEventIsThereToo() throws SQLException {
        // Given
        store.skip(0, EventStore.START, 5);
        store.commit();
        // When
        Answer answer = api.events("wait_for", "0:4", "wait_ms", "0");
        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("complete_through").path("0").asLong()).isEqualTo(4);
    }

    @Test
    void whenTheTimeIsUpThereIsNoStaleAnswer() throws SQLException {
        // Given
        store.append(0, 1);
        store.commit();
        // When
        Answer answer = api.events("wait_for", "0:9223372036854775807", "wait_ms", "60");
        // Then
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("urn:millrace:problem:not-yet-visible");
        assertThat(answer.response().headers().firstValue("retry-after")).contains("1");
        assertThat(answer.json().path("complete_through").path("0").asLong()).isZero();
        assertThat(answer.has("events")).isFalse();
    }

    @Test
    void aPartitionThatDoesNotExistIsRefusedAtOnce() {
        // When
        Answer answer = api.events("wait_for", "4:0", "wait_ms", "10000");
        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongParameters()).containsExactly("wait_for");
    }

    @Test
    void aPageOfAFixedWalkCannotWaitForWhatLiesBeyondIt() throws SQLException {
        // Given
        store.append(0, 1);
        store.append(0, 2);
        store.commit();
        Answer page = api.events("limit", "1");
        store.append(0, 3);
        store.commit();
        // When
        Answer within = api.events("cursor", page.text("next_cursor"), "wait_for", "0:1");
        Answer beyond = api.events("cursor", page.text("next_cursor"), "wait_for", "0:2");
        Answer after = api.events("cursor", page.text("tail_cursor"), "wait_for", "0:2");
        // Then
        assertThat(within.places()).containsExactly("0:1");
        assertThat(beyond.status()).isEqualTo(400);
        assertThat(after.places()).containsExactly("0:2");
    }
}
