package dev.millrace.query.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.query.read.PageAnswer;
import dev.millrace.query.read.StoredEvent;
import java.io.IOException;

/** Events as the API shows them. */
final class EventJson {
    private EventJson() {}

    static byte[] event(StoredEvent event) {
        return Json.write(json -> members(json, event));
    }

    static byte[] page(PageAnswer.Page page) {
        return Json.write(json -> {
            json.writeArrayFieldStart("events");
            for (StoredEvent event : page.events()) {
                json.writeStartObject();
                members(json, event);
                json.writeEndObject();
            }
            json.writeEndArray();
            Json.text(json, "next_cursor", page.nextCursor());
            Json.text(json, "tail_cursor", page.tailCursor());
            Json.completeThrough(json, page.completeThrough());
        });
    }

    private static void members(JsonGenerator json, StoredEvent event) throws IOException {
        json.writeStringField("event_id", event.id().toString());
        json.writeStringField("event_type", event.type());
        Json.text(json, "key", event.key());
        json.writeStringField("occurred_at", event.occurredAt().toString());
        json.writeStringField("appended_at", event.place().appendedAt().toString());
        json.writeNumberField("partition", event.place().partition());
        json.writeNumberField("offset", event.place().offset());
        // As Postgres prints them: a parser in between would round numbers.
        json.writeFieldName("payload");
        json.writeRawValue(event.payload());
        json.writeFieldName("metadata");
        json.writeRawValue(event.metadata());
    }
}
