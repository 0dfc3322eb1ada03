package dev.millrace.compose.dlq;

import dev.millrace.schemas.DeadLetterHeader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record with why it was rejected.
 *
 * @param origin where it lies in the topic that it was rejected in
 * @param first where it lay the first time; the origin itself, unless it is a retry
 * @param attempts how often it was rejected by now
 * @param publishedAt when it came into {@code events.dlq.v1}
 * @param headers those that the producer gave it
 */
public record DeadLetter(
        Coordinate origin,
        Coordinate first,
        String reason,
        String detail,
        int attempts,
        Instant publishedAt,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    /**
     * Links a retry to the first rejection of the same record. The six headers of a rejection cannot:
     * the next rejection replaces them, and its origin is a new one.
     */
    static final String RETRY_OF = "dlq.retry.of";

    /** Empty if the record does not say where it comes from, so that nobody can know what it is. */
    static Optional<DeadLetter> of(ConsumerRecord<byte[], byte[]> record) {
        try {
            Coordinate origin = new Coordinate(
                    text(record, DeadLetterHeader.ORIGIN_TOPIC),
                    Integer.parseInt(text(record, DeadLetterHeader.ORIGIN_PARTITION)),
                    Long.parseLong(text(record, DeadLetterHeader.ORIGIN_OFFSET)));
            return Optional.of(new DeadLetter(
                    origin,
                    first(record, origin),
                    text(record, DeadLetterHeader.REASON),
                    text(record, DeadLetterHeader.DETAIL),
                    Integer.parseInt(text(record, DeadLetterHeader.ATTEMPTS)),
                    Instant.ofEpochMilli(record.timestamp()),
                    record.key(),
                    record.value(),
                    own(record)));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** Bytes of key and value. */
    public int size() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }

    /** Whether it is the retry of an earlier rejection. */
    public boolean isRetry() {
        return !origin.equals(first);
    }

    /** A link that leads into another partition or topic is not ours: a retry stays where it was. */
    private static Coordinate first(ConsumerRecord<byte[], byte[]> record, Coordinate origin) {
        Header link = record.headers().lastHeader(RETRY_OF);
        if (link == null || link.value() == null) {
            return origin;
        }
        Coordinate first = Coordinate.parse(new String(link.value(), StandardCharsets.UTF_8));
        boolean isEarlier = first.topic().equals(origin.topic())
                && first.partition() == origin.partition()
                && first.offset() < origin.offset();
        return isEarlier ? first : origin;
    }

    private static List<Header> own(ConsumerRecord<byte[], byte[]> record) {
        List<Header> own = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!DeadLetterHeader.isOne(header.key()) && !header.key().equals(RETRY_OF)) {
                own.add(header);
            }
        }
        return own;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, DeadLetterHeader name) {
        Header header = record.headers().lastHeader(name.headerName());
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException(name.headerName() + " is missing");
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
