package dev.millrace.query;

import dev.millrace.query.read.EventCriteria;
import dev.millrace.query.read.EventFilter;
import java.util.List;

/** Filters as the parameters of a request make them. */
public final class Filters {
    private Filters() {}

    public static EventFilter filter(List<String> types, List<String> keys, List<String> matches) {
        return EventFilter.of(new EventCriteria(types, keys, matches, List.of(), List.of()));
    }
}
