package dev.millrace.query.http;

import dev.millrace.query.read.EventReader;
import dev.millrace.query.read.PageAnswer;
import dev.millrace.query.read.PageRequest;
import io.javalin.http.Context;
import java.util.List;

/** {@code GET /v1/events} and {@code POST /v1/events/query}: a page of a walk. */
final class EventsEndpoint {
    private final EventReader reader;

    EventsEndpoint(EventReader reader) {
        this.reader = reader;
    }

    void get(Context context) {
        respond(context, request(new Parameters(context.queryString())));
    }

    void post(Context context) {
        new Parameters(context.queryString()).finish();
        respond(context, QueryBody.read(RequestBody.read(context)));
    }

    private void respond(Context context, PageRequest request) {
        PageAnswer answer = reader.read(request);
        if (answer instanceof PageAnswer.Page page) {
            Json.respond(context, EventJson.page(page));
        } else {
            throw new ProblemException(problem(answer));
        }
    }

    /** @throws ProblemException naming everything that is wrong */
    static PageRequest request(Parameters parameters) {
        return PageParameters.read(parameters, List.of(FilterParameters.criteria(parameters)));
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
        return new Problem(ProblemType.GONE, ((PageAnswer.Gone) answer).reason());
    }
}
