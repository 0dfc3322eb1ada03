package dev.millrace.compose.dlq;

import dev.millrace.schemas.event.EncodedEvent;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.InvalidEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Rejected records as people and programs read them. */
public final class DeadLetterText {
    private static final String ROW = "%-24s  %-20s  %8s  %9s  %-20s  %s";

    /** Above the rows. */
    public static final String HEADING = ROW.formatted("ORIGIN", "REASON", "ATTEMPTS", "BYTES", "REJECTED", "DETAIL");

    private DeadLetterText() {}

    /** One line of a table. */
    public static String row(DeadLetter letter) {
        return ROW.formatted(
                letter.origin(),
                letter.reason(),
                letter.attempts(),
                letter.size(),
                letter.publishedAt().truncatedTo(ChronoUnit.SECONDS),
                Bytes.printable(letter.detail()));
    }

    /** The members of an object that stands for it in a list; what is absent is left out. */
    public static Map<String, Object> members(DeadLetter letter) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("origin", letter.origin());
        members.put("topic", letter.origin().topic());
        members.put("partition", letter.origin().partition());
        members.put("offset", letter.origin().offset());
        members.put("reason", letter.reason());
        members.put("detail", letter.detail());
        members.put("attempts", letter.attempts());
        if (letter.isRetry()) {
            members.put("first_origin", letter.first());
        }
        members.put("published_at", letter.publishedAt());
        members.put("bytes", letter.size());
        putBytes(members, "key", letter.key());
        return members;
    }

    /** The same with headers and value. */
    public static Map<String, Object> allMembers(DeadLetter letter) {
        Map<String, Object> members = members(letter);
        Map<String, Object> headers = new LinkedHashMap<>();
        letter.headers().forEach(header -> putBytes(headers, header.key(), header.value()));
        members.put("headers", headers);
        Map<String, Object> event = event(letter);
        if (!event.isEmpty()) {
            members.put("event", event);
        }
        putBytes(members, "value", letter.value());
        return members;
    }

    /** All of it, for a person. */
    public static List<String> lines(DeadLetter letter) {
        List<String> lines = new ArrayList<>();
        lines.add("origin     " + letter.origin());
        if (letter.isRetry()) {
            lines.add("first      " + letter.first());
        }
        lines.add("reason     " + letter.reason());
        lines.add("detail     " + Bytes.printable(letter.detail()));
        lines.add("attempts   " + letter.attempts());
        lines.add("published  " + letter.publishedAt());
        for (Header header : letter.headers()) {
            lines.add("header     " + Bytes.printable(header.key()) + " = " + Bytes.inline(header.value()));
        }
        lines.add("key        " + Bytes.inline(letter.key()));
        Map<String, Object> event = event(letter);
        if (event.isEmpty()) {
            lines.add("value      " + (letter.value() == null ? "none" : letter.value().length + " bytes"));
            lines.addAll(Bytes.block(letter.value()));
        } else {
            lines.add("value      an event of " + letter.size() + " bytes, with its key");
            event.forEach((name, member) -> lines.add("  " + name + "  " + Bytes.printable(String.valueOf(member))));
        }
        return lines;
    }

    /** Empty if the value is no event within the limits. */
    private static Map<String, Object> event(DeadLetter letter) {
        Map<String, Object> members = new LinkedHashMap<>();
        try {
            EncodedEvent event = new EventCodec().decode(letter.value());
            members.put("event_id", event.eventId());
            members.put("event_type", text(event, event.typeOffset(), event.typeLength()));
            members.put("occurred_at", Instant.EPOCH.plus(event.occurredAtMicros(), ChronoUnit.MICROS));
            members.put("payload", text(event, event.payloadOffset(), event.payloadLength()));
            members.put("metadata", text(event, event.metadataOffset(), event.metadataLength()));
        } catch (InvalidEventException noEvent) {
            // Shown as bytes.
        }
        return members;
    }

    private static String text(EncodedEvent event, int offset, int length) {
        return new String(event.value(), offset, length, StandardCharsets.UTF_8);
    }

    private static void putBytes(Map<String, Object> members, String name, byte @Nullable [] bytes) {
        if (bytes != null) {
            String text = Bytes.text(bytes);
            members.put(text == null ? name + "_hex" : name, text == null ? Bytes.hex(bytes) : text);
        }
    }
}
