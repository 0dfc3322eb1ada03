package dev.millrace.query.read;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Which events are asked for. The values of one list are alternatives, the lists all have to hold,
 * and an empty list asks nothing. Two filters with the same values are equal, in whatever order
 * they came.
 *
 * @param types event types
 * @param keys Kafka keys
 * @param matches JSON objects, checked by the caller; the payload contains one of them
 */
public record EventFilter(List<String> types, List<String> keys, List<String> matches) {
    /** Asks for every event. */
    public static final EventFilter ALL = new EventFilter(List.of(), List.of(), List.of());

    public EventFilter {
        types = types.stream().sorted().distinct().toList();
        keys = keys.stream().sorted().distinct().toList();
        matches = matches.stream().sorted().distinct().toList();
    }

    /** A number that tells walks apart: the same for equal filters in the same order, for ever. */
    public long hash(Order order) {
        MessageDigest digest = sha256();
        digest.update((byte) order.ordinal());
        for (List<String> values : List.of(types, keys, matches)) {
            digest.update(number(values.size()));
            for (String value : values) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                digest.update(number(bytes.length));
                digest.update(bytes);
            }
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
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
