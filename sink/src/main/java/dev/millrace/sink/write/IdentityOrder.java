package dev.millrace.sink.write;

import dev.millrace.sink.batch.EventRow;
import java.util.Arrays;
import java.util.List;

/** Events in the order of {@code event_identity}'s key, as the server sorts it. Thread-safe. */
final class IdentityOrder {
    private IdentityOrder() {}

    static List<EventRow> of(List<EventRow> events) {
        EventRow[] rows = events.toArray(EventRow[]::new);
        Arrays.sort(rows, IdentityOrder::compare);
        return Arrays.asList(rows);
    }

    /** A uuid is compared byte by byte, without a sign. */
    private static int compare(EventRow left, EventRow right) {
        int order = Long.compareUnsigned(left.event().idHigh(), right.event().idHigh());
        if (order == 0) {
            order = Long.compareUnsigned(left.event().idLow(), right.event().idLow());
        }
        if (order == 0) {
            order = Integer.compare(left.partition(), right.partition());
        }
        return order == 0 ? Long.compare(left.offset(), right.offset()) : order;
    }
}
