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
        UUID eventId = eventId(context.pathParam(EVENT_ID), parameters);
        StoredEvent event = lookup.find(eventId)
                .orElseThrow(() ->
                        new ProblemException(new Problem(ProblemType.NOT_FOUND, "no event with the id " + eventId)));
        Json.respond(context, EventJson.event(event));
    }

    private static UUID eventId(String text, Parameters parameters) {
        try {
            UUID eventId = Values.uuid(text);
            parameters.finish();
            return eventId;
        } catch (IllegalArgumentException invalid) {
            parameters.invalid(EVENT_ID, String.valueOf(invalid.getMessage()));
            parameters.finish();
            throw invalid;
        }
    }
}
