package dev.millrace.query.match;

import dev.millrace.query.read.EventCriteria;
import dev.millrace.query.read.StoredEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** One alternative of a filter. Looks at the JSON last, and only if it has to. Thread-safe. */
final class CriteriaMatch {
    private final Set<String> types;
    private final Set<String> keys;
    private final List<JsonDocument> matchAny;
    private final List<JsonDocument> matchAll;
    private final List<JsonDocument> metadataAny;

    CriteriaMatch(EventCriteria criteria) {
        types = Set.copyOf(criteria.types());
        keys = Set.copyOf(criteria.keys());
        matchAny = documents(criteria.matchAny());
        matchAll = documents(criteria.matchAll());
        metadataAny = documents(criteria.metadataAny());
    }

    boolean holds(EventContent content, Containment containment) {
        StoredEvent event = content.event();
        return (types.isEmpty() || types.contains(event.type()))
                && (keys.isEmpty() || (event.key() != null && keys.contains(event.key())))
                && containsOne(content::metadata, metadataAny, containment)
                && containsOne(content::payload, matchAny, containment)
                && containsAll(content::payload, containment);
    }

    private static boolean containsOne(
            Supplier<JsonDocument> whole, List<JsonDocument> parts, Containment containment) {
        return parts.isEmpty() || parts.stream().anyMatch(part -> containment.contains(whole.get(), part));
    }

    private boolean containsAll(Supplier<JsonDocument> whole, Containment containment) {
        return matchAll.stream().allMatch(part -> containment.contains(whole.get(), part));
    }

    private static List<JsonDocument> documents(List<String> objects) {
        return objects.stream().map(JsonDocument::parse).toList();
    }
}
