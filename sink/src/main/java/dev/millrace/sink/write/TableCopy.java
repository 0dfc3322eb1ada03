package dev.millrace.sink.write;

import dev.millrace.schemas.event.EncodedEvent;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.RejectedRow;

/** The rows of the three tables as COPY takes them. Thread-safe. */
final class TableCopy {
    static final String IDENTITY_COPY =
            "COPY event_identity (event_id, kafka_partition, kafka_offset, appended_at) FROM STDIN (FORMAT binary)";
    static final String EVENT_COPY = "COPY event (appended_at, kafka_partition, kafka_offset, event_key, event_id,"
            + " event_type, occurred_at, payload, metadata) FROM STDIN (FORMAT binary)";
    static final String REJECTED_COPY = "COPY rejected_event (topic, kafka_partition, kafka_offset, reason, detail,"
            + " key, value, headers) FROM STDIN (FORMAT binary)";

    private TableCopy() {}

    static void identity(EventRow row, CopyBuffer target) {
        target.row(4);
        target.uuid(row.event().idHigh(), row.event().idLow());
        target.integer(row.partition());
        target.bigint(row.offset());
        target.timestamp(row.appendedAtMillis() * 1_000);
    }

    static void event(EventRow row, CopyBuffer target) {
        EncodedEvent event = row.event();
        byte[] value = event.value();
        target.row(9);
        target.timestamp(row.appendedAtMillis() * 1_000);
        target.integer(row.partition());
        target.bigint(row.offset());
        target.byteaOrText(row.key());
        target.uuid(event.idHigh(), event.idLow());
        target.text(value, event.typeOffset(), event.typeLength());
        target.timestamp(event.occurredAtMicros());
        target.jsonb(value, event.payloadOffset(), event.payloadLength());
        target.jsonb(value, event.metadataOffset(), event.metadataLength());
    }

    static void rejected(String topic, RejectedRow row, CopyBuffer target) {
        byte[] headers = HeadersJson.encode(row.headers());
        target.row(8);
        target.text(topic);
        target.integer(row.partition());
        target.bigint(row.offset());
        target.text(row.reason().label());
        target.text(row.detail());
        target.byteaOrText(row.key());
        target.byteaOrText(row.value());
        target.jsonb(headers, 0, headers.length);
    }
}
