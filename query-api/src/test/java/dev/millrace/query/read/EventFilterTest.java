package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventFilterTest {
    @Test
    void theOrderAndNumberOfEqualValuesDoNotMatter() {
        // Given
        EventFilter one = new EventFilter(List.of("a", "b"), List.of("k", "l"), List.of("{}", "{\"x\":1}"));
        EventFilter other = new EventFilter(List.of("b", "a", "b"), List.of("l", "k"), List.of("{\"x\":1}", "{}"));
        // When
        long hash = one.hash(Order.ASC);
        // Then
        assertThat(other.hash(Order.ASC)).isEqualTo(hash);
    }

    @Test
    void everyDifferenceIsSeen() {
        // Given
        Stream<EventFilter> filters = Stream.of(
                EventFilter.ALL,
                new EventFilter(List.of("a"), List.of(), List.of()),
                new EventFilter(List.of(), List.of("a"), List.of()),
                new EventFilter(List.of(), List.of(), List.of("a")),
                new EventFilter(List.of("a", "b"), List.of(), List.of()),
                new EventFilter(List.of("a"), List.of("b"), List.of()),
                new EventFilter(List.of("ab"), List.of(), List.of()),
                new EventFilter(List.of(), List.of(""), List.of()));
        // When
        List<Long> hashes = filters.flatMap(filter -> Stream.of(filter.hash(Order.ASC), filter.hash(Order.DESC)))
                .toList();
        // Then
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void theHashIsTheSameInEveryVersion() {
        // When
        long hash = new EventFilter(List.of("order.placed"), List.of(), List.of("{}")).hash(Order.ASC);
        // Then
        assertThat(hash).isEqualTo(2160282328376618295L);
    }

    @Test
    void aCursorBelongsToItsOwnFilterAndOrder() {
        // Given
        EventFilter filter = new EventFilter(List.of("a"), List.of(), List.of());
        Cursor cursor = new Cursor("t", filter.hash(Order.ASC), Walk.Following.begin(new CompleteThrough(List.of())));
        // When, Then
        assertThat(cursor.belongsTo(filter, Order.ASC)).isTrue();
        assertThat(cursor.belongsTo(filter, Order.DESC)).isFalse();
        assertThat(cursor.belongsTo(EventFilter.ALL, Order.ASC)).isFalse();
    }
}
