package dev.millrace.query.http;

import dev.millrace.query.read.Cursor;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.Order;
import dev.millrace.query.tail.StreamStart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream that is asked for. */
record StreamRequest(EventFilter filter, StreamStart start) {
    /** What a browser sends when it connects again: the last {@code id} that it saw. */
    static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final String CURSOR = "cursor";
    private static final String FROM = "from";

    /**
     * Reads it. A browser repeats the address it was given, so its header says more than the address
     * does.
     *
     * @param lastEventIds the values of that header
     * @throws ProblemException naming everything that is wrong
     */
    static StreamRequest read(Parameters parameters, List<String> lastEventIds) {
        EventFilter filter = FilterParameters.read(parameters);
        Cursor cursor = parameters.one(CURSOR, Values::cursor);
        boolean fromBeginning = parameters.one(FROM, StreamRequest::beginning, false);
        if (cursor != null && fromBeginning) {
            parameters.invalid(FROM, "not with a cursor: that says where to begin");
        }
        requireSameFilter(CURSOR, cursor, filter, parameters);
        Cursor last = null;
        if (lastEventIds.size() > 1) {
            parameters.invalid(LAST_EVENT_ID, "given " + lastEventIds.size() + " times, at most once");
        } else if (!lastEventIds.isEmpty()) {
            last = lastEventId(lastEventIds.get(0), parameters);
            requireSameFilter(LAST_EVENT_ID, last, filter, parameters);
        }
        parameters.finish();
        return new StreamRequest(filter, start(last == null ? cursor : last, fromBeginning));
    }

    private static StreamStart start(@Nullable Cursor cursor, boolean fromBeginning) {
        if (cursor != null) {
            return new StreamStart.After(cursor);
        }
        return fromBeginning ? new StreamStart.Beginning() : new StreamStart.Now();
    }

    private static boolean beginning(String text) {
        if (!text.equals("beginning")) {
            throw new IllegalArgumentException("beginning, or nothing for what comes from now on");
        }
        return true;
    }

    private static @Nullable Cursor lastEventId(String text, Parameters parameters) {
        try {
            return Values.cursor(text);
        } catch (IllegalArgumentException invalid) {
            parameters.invalid(LAST_EVENT_ID, String.valueOf(invalid.getMessage()));
            return null;
        }
    }

    /** With another error in the filter, its hash says nothing about the cursor. */
    private static void requireSameFilter(
            String name, @Nullable Cursor cursor, EventFilter filter, Parameters parameters) {
        if (cursor != null && parameters.areValid() && !cursor.belongsTo(filter, Order.ASC)) {
            parameters.invalid(name, "from an answer to another filter, or to order=desc");
        }
    }
}
