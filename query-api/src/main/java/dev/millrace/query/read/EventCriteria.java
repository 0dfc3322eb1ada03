package dev.millrace.query.read;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an event is like. All lists have to hold; an empty one asks nothing. Two criteria with the same
 * values are equal, in whatever order they came.
 *
 * @param types its type is one of these
 * @param keys its Kafka key is one of these
 * @param matchAny its payload contains one of these JSON objects, which the caller has checked
 * @param matchAll its payload contains each of these, likewise
 * @param metadataAny its metadata contains one of these, likewise
 */
public record EventCriteria(
        List<String> types, List<String> keys, List<String> matchAny, List<String> matchAll, List<String> metadataAny) {
    public EventCriteria {
        types = sorted(types);
        keys = sorted(keys);
        matchAny = sorted(matchAny);
        matchAll = sorted(matchAll);
        metadataAny = sorted(metadataAny);
    }

    /** Whether every event is like this. */
    public boolean asksNothing() {
        return size() == 0;
    }

    /** Whether it looks into the documents. */
    boolean asksForContent() {
        return !matchAny.isEmpty() || !matchAll.isEmpty() || !metadataAny.isEmpty();
    }

    /** How many values there are. */
    public int size() {
        return lists().mapToInt(List::size).sum();
    }

    /** In an order that never changes. */
    Stream<List<String>> lists() {
        return Stream.of(types, keys, matchAny, matchAll, metadataAny);
    }

    private static List<String> sorted(List<String> values) {
        return values.stream().sorted().distinct().toList();
    }
}
