package dev.millrace.query.http;

import dev.millrace.query.read.Cursor;
import dev.millrace.query.read.EventCriteria;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.Order;
import dev.millrace.query.read.PageRequest;
import dev.millrace.query.read.WaitFor;
import java.time.Duration;
import java.util.List;

/** A page that is asked for, as parameters say it. */
final class PageParameters {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_LIMIT = 1_000;
    private static final int DEFAULT_WAIT_MS = 2_000;
    private static final int MOST_WAIT_MS = 10_000;

    private PageParameters() {}

    /**
     * @param anyOf the filter's criteria, read already
     * @throws ProblemException naming everything that is wrong
     */
    static PageRequest read(Parameters parameters, List<EventCriteria> anyOf) {
        EventFilter filter = FilterParameters.read(parameters, anyOf);
        int limit = parameters.one("limit", text -> Values.number(text, 1, MOST_LIMIT), DEFAULT_LIMIT);
        Order order = parameters.one("order", Values::order, Order.ASC);
        int waitMs = parameters.one("wait_ms", text -> Values.number(text, 0, MOST_WAIT_MS), DEFAULT_WAIT_MS);
        WaitFor waitFor =
                new WaitFor(parameters.one("wait_for", Values::positions, List.of()), Duration.ofMillis(waitMs));
        Cursor cursor = parameters.one("cursor", Values::cursor);
        // With another error in the filter, its hash says nothing about the cursor.
        if (cursor != null && parameters.areValid() && !cursor.belongsTo(filter, order)) {
            parameters.invalid("cursor", "from an answer to another filter or order");
        }
        parameters.finish();
        return new PageRequest(filter, order, limit, cursor, waitFor);
    }
}
