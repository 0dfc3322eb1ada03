package dev.millrace.schemas.testing.corpus;

import dev.millrace.schemas.event.Event;
import dev.millrace.schemas.event.RejectReason;
import dev.millrace.schemas.testing.RecordBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A record in the making: an event in every part, until a part is said to be something else. Id, type
 * and key come from the name, so that each event can be asked for alone. Not thread-safe.
 */
final class Draft {
    private final String name;
    private final Consumer<CorpusRecord> target;
    private final List<Header> headers = new ArrayList<>();
    private String id;
    private byte[] type;
    private byte @Nullable [] key;
    private long occurredAtMicros = 1_626_847_200_123_456L;
    private byte[] payload = utf8("{\"copies\": 1.50}");
    private byte[] metadata = utf8("{}");

    Draft(String name, Consumer<CorpusRecord> target) {
        this.name = name;
        this.target = target;
        id = UUID.nameUUIDFromBytes(utf8(name)).toString();
        type = utf8("corpus." + name);
        key = utf8("key of " + name);
    }

    Draft id(String text) {
        id = text;
        return this;
    }

    Draft type(byte[] bytes) {
        type = bytes;
        return this;
    }

    Draft type(String text) {
        return type(utf8(text));
    }

    Draft key(byte @Nullable [] bytes) {
        key = bytes;
        return this;
    }

    Draft key(String text) {
        return key(utf8(text));
    }

    Draft occurredAt(long micros) {
        occurredAtMicros = micros;
        return this;
    }

    Draft payload(byte[] json) {
        payload = json;
        return this;
    }

    Draft payload(String json) {
        return payload(utf8(json));
    }

    Draft metadata(byte[] json) {
        metadata = json;
        return this;
    }

    Draft metadata(String json) {
        return metadata(utf8(json));
    }

    Draft header(String headerName, byte @Nullable [] value) {
        headers.add(new RecordHeader(headerName, value));
        return this;
    }

    /** It is an event, and comes back as one. */
    void stored() {
        stored(value());
    }

    /** The same, of a value that says it in an unusual way. */
    void stored(byte[] value) {
        Event event =
                new Event(UUID.fromString(id), text(type), instant(occurredAtMicros), text(payload), text(metadata));
        target.accept(new CorpusRecord(name, key, value, headers, new Fate.Stored(event)));
    }

    /** It is no event, or one outside the limits. */
    void rejected(RejectReason reason) {
        rejected(value(), reason);
    }

    /** The same, of a value that has nothing to do with the parts. */
    void rejected(byte @Nullable [] value, RejectReason reason) {
        target.accept(new CorpusRecord(name, key, value, headers, new Fate.Rejected(reason)));
    }

    /** The parts as a producer writes them. */
    byte[] value() {
        return RecordBytes.begin()
                .text(id)
                .bytes(type)
                .number(occurredAtMicros)
                .bytes(payload)
                .bytes(metadata)
                .toBytes();
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
