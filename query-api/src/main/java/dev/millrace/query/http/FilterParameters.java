package dev.millrace.query.http;

import dev.millrace.query.read.EventCriteria;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.TimeRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which events are asked for, as parameters say it. */
final class FilterParameters {
    private FilterParameters() {}

    /** The whole filter of a request whose criteria are among its parameters. */
    static EventFilter read(Parameters parameters) {
        return read(parameters, List.of(criteria(parameters)));
    }

    static EventFilter read(Parameters parameters, List<EventCriteria> anyOf) {
        TimeRange occurred = range(parameters, "occurred");
        TimeRange appended = range(parameters, "appended");
        return new EventFilter(anyOf, occurred, appended);
    }

    static EventCriteria criteria(Parameters parameters) {
        return new EventCriteria(
                parameters.all("type", Values::type),
                parameters.all("key", Values::key),
                parameters.all("match", Values::match),
                List.of(),
                parameters.all("match_metadata", Values::match));
    }

    private static TimeRange range(Parameters parameters, String name) {
        String fromName = name + "_from";
        @Nullable Instant from = parameters.one(fromName, Values::time);
        @Nullable Instant until = parameters.one(name + "_until", Values::time);
        TimeRange range = new TimeRange(from, until);
        if (range.isEmpty()) {
            parameters.invalid(fromName, "not before " + name + "_until: there is nothing in between");
        }
        return range;
    }
}
