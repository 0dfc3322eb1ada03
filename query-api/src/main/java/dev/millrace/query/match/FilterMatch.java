package dev.millrace.query.match;

import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.TimeRange;
import java.time.Instant;
import java.util.List;

/** A filter, prepared for asking it of many events. Thread-safe. */
public final class FilterMatch {
    private final EventFilter filter;
    private final List<CriteriaMatch> anyOf;

    public FilterMatch(EventFilter filter) {
        this.filter = filter;
        this.anyOf = filter.anyOf().stream().map(CriteriaMatch::new).toList();
    }

    /**
     * Whether the event is asked for.
     *
     * @throws CostlyMatchException if the answer would take too long
     */
    public boolean holds(EventContent content) {
        if (!isWithin(filter.appended(), content.event().place().appendedAt())
                || !isWithin(filter.occurred(), content.event().occurredAt())) {
            return false;
        }
        Containment containment = new Containment();
        return anyOf.isEmpty() || anyOf.stream().anyMatch(criteria -> criteria.holds(content, containment));
    }

    private static boolean isWithin(TimeRange range, Instant time) {
        return (range.from() == null || !time.isBefore(range.from()))
                && (range.until() == null || time.isBefore(range.until()));
    }
}
