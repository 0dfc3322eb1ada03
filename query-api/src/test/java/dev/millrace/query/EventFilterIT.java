package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterIT extends SharedStore {
    @BeforeAll
    void fill() throws SQLException {
        append(0, "order.placed", "ada", "{\"total\": 1.10, \"tags\": [\"a\", \"b\"]}");
        append(0, "order.placed", "bob", "{\"total\": 2, \"nested\": {\"x\": 1, \"y\": 2}}");
        append(0, "order.paid", "ada", "{\"total\": 2}");
        append(0, "order.paid", null, "{\"ünïcode ' \\\" \": \"😀 ?; DROP TABLE event\"}");
        append(0, "it's; --", "", "{}");
        store.commit();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|0 1 2 3 4",
                "type=order.placed|0 1",
                "type=order.placed&type=it%27s;+--|0 1 4",
                "type=nothing|``",
                "key=ada|0 2",
                "key=ada&key=bob|0 1 2",
                "key=|4",
                "type=order.placed&key=ada|0",
                "type=order.placed&type=order.paid&key=ada&match=%7B%22total%22:2%7D|2",
                "match=%7B%22total%22:2.0%7D|1 2",
                "match=%7B%22total%22:1.1%7D|0",
                "match=%7B%22total%22:%222%22%7D|``",
                "match=%7B%22total%22:2%7D&match=%7B%22tags%22:[%22b%22]%7D|0 1 2",
                "match=%7B%22nested%22:%7B%22y%22:2%7D%7D|1",
                "match=%7B%7D|0 1 2 3 4",
                "match=%7B%7D&match=%7B%22total%22:2%7D&key=ada|0 2",
                "match=%7B%22%C3%BCn%C3%AFcode+%27+%5C%22+%22:%22%F0%9F%98%80+?;+DROP+TABLE+event%22%7D|3"
            })
    void valuesAreAlternativesAndParametersAllHold(String query, String offsets) {
        // When
        Answer answer = api.get("/v1/events?" + (query == null ? "" : query));
        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(String.join(" ", answer.places())).isEqualTo(offsets.isEmpty() ? "" : places(offsets));
    }

    @Test
    void aFilterHoldsOnEveryPageAndAfterTheWalk() throws SQLException {
        // Given
        Answer first = api.events("type", "order.paid", "type", "order.placed", "limit", "3");
        Answer last = api.events(
                "type", "order.placed", "type", "order.paid", "limit", "3", "cursor", first.text("next_cursor"));
        append(1, "order.shipped", null, "{}");
        append(1, "order.paid", null, "{}");
        store.commit();
        // When
        Answer after = api.events(
                "type", "order.placed", "type", "order.paid", "cursor", last.text("tail_cursor"), "match", "{}");
        Answer followed = api.events("type", "order.placed", "type", "order.paid", "cursor", last.text("tail_cursor"));
        store.execute("DELETE FROM event WHERE kafka_partition = 1");
        store.commit();
        // Then
        assertThat(first.places()).containsExactly("0:0", "0:1", "0:2");
        assertThat(last.places()).containsExactly("0:3");
        assertThat(after.wrongParameters()).containsExactly("cursor");
        assertThat(followed.places()).containsExactly("1:1");
    }

    private static String places(String offsets) {
        return "0:" + offsets.replace(" ", " 0:");
    }

    private void append(int partition, String type, String key, String payload) throws SQLException {
        store.append(partition, EventStore.START, type, key, payload);
    }
}
