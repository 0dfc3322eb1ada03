package dev.millrace.query.http;

import dev.millrace.query.read.ReplicaStatus;
import dev.millrace.query.read.StatusReader;
import io.javalin.http.Context;

/** {@code GET /v1/status}: where the replica stands. */
final class StatusEndpoint {
    private final StatusReader reader;

    StatusEndpoint(StatusReader reader) {
        this.reader = reader;
    }

    void handle(Context context) {
        new Parameters(context.queryString()).finish();
        ReplicaStatus status = reader.status();
        Json.respond(context, Json.write(json -> {
            Json.completeThrough(json, status.completeThrough());
            json.writeObjectFieldStart("replica");
            Json.number(json, "lag_ms", status.lagMs());
            Json.number(json, "lag_bytes", status.lagBytes());
            json.writeEndObject();
            json.writeNumberField("events", status.events());
            json.writeNumberField("rejected", status.rejected());
            Json.text(json, "oldest", status.oldest());
            Json.text(json, "newest", status.newest());
        }));
    }
}
