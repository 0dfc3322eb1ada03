package dev.millrace.query.http;

import dev.millrace.query.read.Cursor;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.EventReader;
import dev.millrace.query.read.Order;
import dev.millrace.query.read.PageAnswer;
import dev.millrace.query.read.PageRequest;
import dev.millrace.query.read.WaitFor;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;

/** {@code GET /v1/events}: a page of a walk. */
final class EventsEndpoint {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_LIMIT = 1_000;
    private static final int DEFAULT_WAIT_MS = 2_000;
    private static final int MOST_WAIT_MS = 10_000;

    private final EventReader reader;

    EventsEndpoint(EventReader reader) {
        this.reader = reader;
    }

    void handle(Context context) {
        PageRequest request = request(new Parameters(context.queryString()));
        PageAnswer answer = reader.read(request);
        if (answer instanceof PageAnswer.Page page) {
            Json.respond(context, EventJson.page(page));
        } else {
            throw new ProblemException(problem(answer));
        }
    }

    /** @throws ProblemException naming everything that is wrong */
    static PageRequest request(Parameters parameters) {
        EventFilter filter = new EventFilter(
                parameters.all("type", Values::type),
                parameters.all("key", Values::key),
                parameters.all("match", Values::match));
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

    private static Problem problem(PageAnswer answer) {
        if (answer instanceof PageAnswer.NotYetVisible late) {
            return new Problem(
                    ProblemType.NOT_YET_VISIBLE,
                    "what the answer must include has not reached the replica",
                    List.of(),
                    late.completeThrough());
        }
        if (answer instanceof PageAnswer.CannotBeMet never) {
            return Problem.invalid("wait_for", never.reason());
        }
        return new Problem(ProblemType.GONE, "the topic was made again since the cursor was given out");
    }
}
