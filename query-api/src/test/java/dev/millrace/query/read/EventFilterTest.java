package dev.millrace.query.read;

import static dev.millrace.query.Filters.filter;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventFilterTest {
    @Test
    void theOrderAndNumberOfEqualValuesDoNotMatter() {
        // Given
        EventFilter one = filter(List.of("a", "b"), List.of("k", "l"), List.of("{}", "{\"x\":1}"));
        EventFilter other = filter(List.of("b", "a", "b"), List.of("l", "k"), List.of("{\"x\":1}", "{}"));
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
                filter(List.of("a"), List.of(), List.of()),
                filter(List.of(), List.of("a"), List.of()),
                filter(List.of(), List.of(), List.of("a")),
                filter(List.of("a", "b"), List.of(), List.of()),
                filter(List.of("a"), List.of("b"), List.of()),
                filter(List.of("ab"), List.of(), List.of()),
                filter(List.of(), List.of(""), List.of()),
                EventFilter.of(criteria(List.of("a"), List.of())),
                EventFilter.of(criteria(List.of(), List.of("a"))),
                EventFilter.of(criteria(List.of("a"), List.of()), criteria(List.of(), List.of("a"))),
                new EventFilter(List.of(), new TimeRange(Instant.EPOCH, null), TimeRange.ALWAYS),
                new EventFilter(List.of(), new TimeRange(null, Instant.EPOCH), TimeRange.ALWAYS),
                new EventFilter(List.of(), TimeRange.ALWAYS, new TimeRange(Instant.EPOCH, null)),
                new EventFilter(List.of(), TimeRange.ALWAYS, new TimeRange(Instant.EPOCH.plusNanos(1_000), null)));
        // When
        List<Long> hashes = filters.flatMap(filter -> Stream.of(filter.hash(Order.ASC), filter.hash(Order.DESC)))
                .toList();
        // Then
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void theOrderOfAlternativesDoesNotMatterAndOneThatAsksNothingHoldsForAll() {
        EventCriteria one = criteria(List.of("a"), List.of());
        EventCriteria other = criteria(List.of(), List.of("a"));
        assertThat(EventFilter.of(one, other, one)).isEqualTo(EventFilter.of(other, one));
        assertThat(EventFilter.of(one, criteria(List.of(), List.of()))).isEqualTo(EventFilter.ALL);
    }

    @Test
    void theHashIsTheSameInEveryVersion() {
        // When
        long hash = filter(List.of("order.placed"), List.of(), List.of("{}")).hash(Order.ASC);
        // Then
        assertThat(hash).isEqualTo(-7540189857299096679L);
    }

    private static EventCriteria criteria(List<String> matchAll, List<String> metadataAny) {
        return new EventCriteria(List.of(), List.of(), List.of(), matchAll, metadataAny);
    }

    @Test
    void aCursorBelongsToItsOwnFilterAndOrder() {
        // Given
        EventFilter filter = filter(List.of("a"), List.of(), List.of());
        Cursor cursor = new Cursor("t", filter.hash(Order.ASC), Walk.Following.begin(new CompleteThrough(List.of())));
        // When, Then
        assertThat(cursor.belongsTo(filter, Order.ASC)).isTrue();
        assertThat(cursor.belongsTo(filter, Order.DESC)).isFalse();
        assertThat(cursor.belongsTo(EventFilter.ALL, Order.ASC)).isFalse();
    }
}
