package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TailWalkIT extends OwnStore {
    @Test
    void followingCursorsShowsEveryEventOnceInTheOrderOfItsPartition() throws SQLException {
        // Given
        List<String> seen = new ArrayList<>();
        int[] second = {0};
        String cursor = null;
        // When
        for (int walks = 0; walks < 6; walks++) {
            for (int partition = 0; partition < 3; partition++) {
                for (int event = 0; event <= walks % 3 + partition; event++) {
                    store.append(partition, second[0]++ / 4);
                }
            }
            store.commit();
            cursor = follow(cursor, seen, () -> {
                store.append(1, second[0]++ / 4);
                store.append(0, second[0]++ / 4);
                store.commit();
            });
        }
        follow(cursor, seen, () -> {});
        // Then
        List<String> stored = stored();
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(stored);
        for (int partition = 0; partition < 4; partition++) {
            String prefix = partition + ":";
            assertThat(seen.stream().filter(place -> place.startsWith(prefix)))
                    .containsExactlyElementsOf(stored.stream()
                            .filter(place -> place.startsWith(prefix))
                            .toList());
        }
    }

    @Test
    void aReaderBesideAWriterMissesNothingAndSeesNothingTwice() throws SQLException {
        // Given
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(400));
        List<String> seen = new ArrayList<>();
        String cursor = null;
        // When
        do {
            cursor = follow(cursor, seen, () -> {});
        } while (!writer.isDone());
        writer.join();
        follow(cursor, seen, () -> {});
        // Then
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(stored());
    }

    /** Partition 3 gets an event now and then, the others in turn, two transactions to a second. */
    private void write(int transactions) {
        try {
            for (int transaction = 0; transaction < transactions; transaction++) {
                for (int event = 0; event <= transaction % 3; event++) {
                    store.append(transaction % 40 == 0 ? 3 : (transaction + event) % 3, transaction / 2);
                }
                store.commit();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void anIdlePartitionIsFollowedAcrossMonths() throws SQLException {
        // Given
        store.append(3, Instant.parse("2026-10-01T00:00:00Z"), "t", null, "{}");
        store.append(0, Instant.parse("2026-11-30T23:59:59.999999Z"), "t", null, "{}");
        store.commit();
        String tail = api.events().text("tail_cursor");
        store.append(0, Instant.parse("2026-11-30T23:59:59.999999Z"), "t", null, "{}");
        store.append(0, Instant.parse("2026-12-05T00:00:00Z"), "t", null, "{}");
        store.commit();
        // When
        Answer followed = api.events("cursor", tail, "limit", "1");
        Answer rest = api.events("cursor", followed.text("next_cursor"), "limit", "1");
        store.append(3, Instant.parse("2026-12-06T00:00:00Z"), "t", null, "{}");
        store.append(3, Instant.parse("2026-12-06T00:00:00Z"), "t", null, "{}");
        store.commit();
        Answer woken = api.events("cursor", rest.text("tail_cursor"));
        // Then
        assertThat(places(List.of(followed, rest))).containsExactly("0:1", "0:2");
        assertThat(rest.has("next_cursor")).isFalse();
        assertThat(woken.places()).containsExactly("3:1", "3:2");
    }

    @Test
    void aDatabaseThatLostItsTailAnswersWhenItHasCaughtUp() throws SQLException {
        // Given
        store.append(0, 1);
        store.append(0, 2);
        store.append(1, 3);
        store.commit();
        Answer page = api.events("limit", "1");
        store.execute("DELETE FROM event WHERE kafka_partition = 0 AND kafka_offset = 1");
        store.execute("UPDATE sink_offset SET next_offset = 1 WHERE kafka_partition = 0");
        store.commit();
        // When
        Answer next = api.events("cursor", page.text("next_cursor"), "wait_ms", "50");
        Answer tail = api.events("cursor", page.text("tail_cursor"));
        // Then
        assertThat(next.status()).isEqualTo(503);
        assertThat(next.text("type")).isEqualTo("urn:millrace:problem:not-yet-visible");
        assertThat(tail.places()).isEmpty();
        assertThat(tail.text("tail_cursor")).isEqualTo(page.text("tail_cursor"));
        assertThat(tail.json().path("complete_through")).isEqualTo(page.json().path("complete_through"));
    }

    @Test
    void aCursorOfATopicThatWasMadeAgainIsGone() throws SQLException {
        // Given
        store.append(0, 1);
        store.commit();
        String tail = api.events().text("tail_cursor");
        store.remakeTopic("topic-two");
        // When
        Answer answer = api.events("cursor", tail);
        // Then
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.text("type")).isEqualTo("urn:millrace:problem:gone");
    }

    /** One walk to its end; returns where the next one begins. */
    private String follow(String cursor, List<String> seen, Step between) throws SQLException {
        Answer page = cursor == null ? api.events("limit", "2") : api.events("limit", "2", "cursor", cursor);
        String tail = page.text("tail_cursor");
        seen.addAll(page.places());
        while (page.has("next_cursor")) {
            assertThat(seen).as("a walk that ends").hasSizeLessThan(5_000);
            between.run();
            page = api.events("limit", "2", "cursor", page.text("next_cursor"));
            seen.addAll(page.places());
            assertThat(page.text("tail_cursor")).isEqualTo(tail);
        }
        return tail;
    }

    /** All events by SQL, in the order of their partitions. */
    private List<String> stored() throws SQLException {
        List<String> stored = new ArrayList<>();
        try (Connection connection = store.connect(TestDatabase.OWNER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT kafka_partition || ':' || kafka_offset FROM event ORDER BY kafka_partition, kafka_offset")) {
            while (rows.next()) {
                stored.add(rows.getString(1));
            }
        }
        return stored;
    }

    private static List<String> places(List<Answer> pages) {
        return pages.stream().flatMap(page -> page.places().stream()).toList();
    }

    private interface Step {
        void run() throws SQLException;
    }
}
