package dev.millrace.query.read;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for. Two filters that say the same with the same values are equal, in whatever
 * order they came.
 *
 * @param anyOf the event is like one of these; empty when it may be like anything
 * @param occurred when it happened, as its producer says
 * @param appended when the broker appended it
 */
public record EventFilter(List<EventCriteria> anyOf, TimeRange occurred, TimeRange appended) {
    /** Asks for every event. */
    public static final EventFilter ALL = new EventFilter(List.of(), TimeRange.ALWAYS, TimeRange.ALWAYS);

    public EventFilter {
        boolean everything = anyOf.stream().anyMatch(EventCriteria::asksNothing);
        anyOf = everything
                ? List.of()
                : anyOf.stream()
                        .distinct()
                        .sorted((one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other)))
                        .toList();
    }

    /** Events of any time. */
    public static EventFilter of(EventCriteria... anyOf) {
        return new EventFilter(List.of(anyOf), TimeRange.ALWAYS, TimeRange.ALWAYS);
    }

    /** Whether it asks what is in payload or metadata. */
    boolean asksForContent() {
        return anyOf.stream().anyMatch(EventCriteria::asksForContent);
    }

    /** A number that tells walks apart: the same for equal filters in the same order, for ever. */
    public long hash(Order order) {
        MessageDigest digest = sha256();
        digest.update((byte) order.ordinal());
        digest.update(number(anyOf.size()));
        for (EventCriteria criteria : anyOf) {
            digest.update(bytes(criteria));
        }
        update(digest, occurred);
        update(digest, appended);
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** Unambiguous: each list and each value begins with its size. */
    private static byte[] bytes(EventCriteria criteria) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        criteria.lists().forEach(values -> {
            bytes.writeBytes(number(values.size()));
            for (String value : values) {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                bytes.writeBytes(number(text.length));
                bytes.writeBytes(text);
            }
        });
        return bytes.toByteArray();
    }

    private static void update(MessageDigest digest, TimeRange range) {
        digest.update(time(range.from()));
        digest.update(time(range.until()));
    }

    private static byte[] time(@Nullable Instant time) {
        ByteBuffer bytes = ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES);
        if (time != null) {
            bytes.put((byte) 1).putLong(time.getEpochSecond()).putInt(time.getNano());
        }
        return bytes.array();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
