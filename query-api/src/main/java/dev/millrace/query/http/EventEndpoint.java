package dev.millrace.query.http;

import dev.millrace.query.read.EventLookup;
import dev.millrace.query.read.StoredEvent;
import io.javalin.http.Context;
import java.util.UUID;

/** {@code GET /v1/events/{event_id}}: one event. */
final class EventEndpoint {
    static final String EVENT_ID = "event_id";

    private final EventLookup lookup;

    EventEndpoint(EventLookup lookup) {
        this.lookup = lookup;
    }

    void handle(Context context) {
        Parameters parameters = new Parameters(context.queryString());
        UUID eventId = parameters.path(EVENT_ID, context.pathParam(EVENT_ID), Values::uuid);
        StoredEvent event = lookup.find(eventId)
                .orElseThrow(() ->
                        new ProblemException(new Problem(ProblemType.NOT_FOUND, "no event with the id " + eventId)));
        Json.respond(context, EventJson.event(event));
    }
}
