package dev.millrace.compose.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPageTest {
    private static final String FIRST = "{\"event_id\":\"a\",\"payload\":{\"n\": 1.10000000000000000000000000000000001,"
            + " \"m\": [1" + "0".repeat(1_200) + ", {}], \"t\": \"Grüße 😀 \\\" } ]\"},\"metadata\":{}}";
    private static final String SECOND = "{\"event_id\":\"b\"}";

    @Test
    void eventsAreCutOutByteForByte() throws IOException {
        // When
        EventPage page = parse("{\"events\":[" + FIRST + "," + SECOND + "],\"next_cursor\":\"n\",\"tail_cursor\":\"t\","
                + "\"complete_through\":{\"0\":41}}");
        // Then
        assertThat(page.events())
                .extracting(event -> new String(event, StandardCharsets.UTF_8))
                .containsExactly(FIRST, SECOND);
        assertThat(page.cursor()).isEqualTo("n");
        assertThat(page.isLast()).isFalse();
    }

    @Test
    void lastPageOfAWalkLeadsToTheNextWalk() throws IOException {
        // When
        EventPage page = parse("{\"events\":[],\"tail_cursor\":\"t\",\"complete_through\":{}}");
        // Then
        assertThat(page.events()).isEmpty();
        assertThat(page.cursor()).isEqualTo("t");
        assertThat(page.isLast()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"events\":[{\"a\":1}", "{\"events\":{}}", "<html>"})
    void anythingElseIsNoPage(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(IOException.class);
    }

    private static EventPage parse(String body) throws IOException {
        return EventPage.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
