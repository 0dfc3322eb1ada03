package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalkIT extends OwnStore {
    @Test
    void anEmptyStoreHasAnEmptyPageAndIsFollowedFromTheBeginning() throws SQLException {
        // Given
        Answer empty = api.events();
        store.append(2, 0);
        store.commit();
        // When
        Answer followed = api.events("cursor", empty.text("tail_cursor"));
        // Then
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.body()).startsWith("{\"events\":[],\"tail_cursor\":");
        assertThat(empty.json().path("complete_through").toString()).isEqualTo("{\"0\":-1,\"1\":-1,\"2\":-1,\"3\":-1}");
        assertThat(followed.places()).containsExactly("2:0");
    }

    @Test
    void pagesBelowTheBoundAreInTotalOrderWhateverIsWrittenMeanwhile() throws SQLException {
        // Given
        store.append(0, 10);
        store.append(1, 5);
        store.append(1, 10);
        store.append(0, 10);
        store.append(3, 20);
        store.commit();
        // When
        List<Answer> pages = walk(() -> {
            // Also between and before what is delivered: partition 2 is late, 1 has the same moment.
            store.append(2, 7);
            store.append(1, 10);
            store.append(3, 30);
            store.commit();
        });
        // Then
        assertThat(places(pages)).containsExactly("1:0", "0:0", "0:1", "1:1", "3:0");
        assertThat(pages)
                .extracting(page -> page.text("tail_cursor"))
                .containsOnly(pages.get(0).text("tail_cursor"));
        assertThat(pages)
                .extracting(page -> page.json().path("complete_through").toString())
                .containsOnly("{\"0\":1,\"1\":1,\"2\":-1,\"3\":0}");
        assertThat(pages).hasSize(5).last().matches(page -> !page.has("next_cursor"));
    }

    @Test
    void newestFirstIsTheReverseAndHasNoTail() throws SQLException {
        // Given
        for (int second = 0; second < 10; second++) {
            store.append(second % 4, second / 3);
        }
        store.commit();
        List<String> ascending = api.events().places();
        // When
        List<Answer> pages = new ArrayList<>();
        String cursor = null;
        do {
            Answer page = cursor == null
                    ? api.events("order", "desc", "limit", "3")
                    : api.events("order", "desc", "limit", "3", "cursor", cursor);
            pages.add(page);
            cursor = page.has("next_cursor") ? page.text("next_cursor") : null;
            store.append(1, 100);
            store.commit();
        } while (cursor != null && pages.size() < 20);
        // Then
        Collections.reverse(ascending);
        assertThat(places(pages)).containsExactlyElementsOf(ascending);
        assertThat(pages).noneMatch(page -> page.has("tail_cursor"));
    }

    @Test
    void aPageEndsBeforeItOutgrowsTheMemory() throws SQLException {
        // Given
        String large = "{\"text\": \"" + "x".repeat(1_000_000) + "\"}";
        for (int second = 0; second < 12; second++) {
            store.append(second % 2, EventStore.START.plusSeconds(second), "t", null, large);
        }
        store.commit();
        // When
        Answer first = api.events();
        Answer second = api.events("cursor", first.text("next_cursor"));
        // Then
        assertThat(first.places()).hasSize(9);
        assertThat(places(List.of(first, second))).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void aThousandEventsComeOnOnePage() throws SQLException {
        // Given
        for (int second = 0; second < 1_001; second++) {
            store.append(second % 4, second);
        }
        store.commit();
        // When
        Answer page = api.events("limit", "1000");
        Answer rest = api.events("limit", "1000", "cursor", page.text("next_cursor"));
        // Then
        assertThat(page.places()).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(rest.places()).containsExactly("0:250");
        assertThat(rest.has("next_cursor")).isFalse();
    }

    /** As an operator leaves them who wants a topic to be read again from its beginning. */
    @Test
    void noEventIsShownAboveTheOffsetsThatAreStored() throws SQLException {
        // Given
        for (int second = 0; second < 6; second++) {
            store.append(second % 2, second);
        }
        store.commit();
        api.events();
        store.execute("UPDATE sink_offset SET next_offset = 1");
        store.commit();
        // When
        Answer page = api.events();
        Answer newestFirst = api.events("order", "desc", "limit", "1");
        // Then
        assertThat(page.places()).containsExactly("0:0", "1:0");
        assertThat(page.has("next_cursor")).isFalse();
        assertThat(newestFirst.places()).containsExactly("1:0");
        assertThat(newestFirst.has("next_cursor")).isTrue();
    }

    /** The first answer is a guess for the second, how late an event can be. */
    @Test
    void eventsMuchLaterThanAllBeforeAreSeenAtOnce() throws SQLException {
        // Given
        store.append(0, 0);
        store.commit();
        Answer before = api.events();
        store.append(0, 86_400);
        store.append(1, 30 * 86_400);
        store.commit();
        // When
        Answer after = api.events();
        // Then
        assertThat(before.places()).containsExactly("0:0");
        assertThat(after.places()).containsExactly("0:0", "0:1", "1:0");
    }

    private List<Answer> walk(Step between) throws SQLException {
        List<Answer> pages = new ArrayList<>();
        pages.add(api.events("limit", "1"));
        while (pages.get(pages.size() - 1).has("next_cursor") && pages.size() < 20) {
            between.run();
            pages.add(api.events(
                    "limit", "1", "cursor", pages.get(pages.size() - 1).text("next_cursor")));
        }
        return pages;
    }

    private static List<String> places(List<Answer> pages) {
        return pages.stream().flatMap(page -> page.places().stream()).toList();
    }

    private interface Step {
        void run() throws SQLException;
    }
}
