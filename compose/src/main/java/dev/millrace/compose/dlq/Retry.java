package dev.millrace.compose.dlq;

import dev.millrace.schemas.DeadLetterHeader;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.InvalidEventException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way back.
 *
 * @param letter what was rejected
 * @param key as it came, or corrected
 * @param value as it came, or corrected
 */
public record Retry(DeadLetter letter, byte @Nullable [] key, byte @Nullable [] value) {
    /**
     * A record that was rejected so often is not sent again. What a retry can heal, new rules or a
     * corrected value, it heals at once; the rest would go round for ever, a script behind it.
     */
    public static final int MOST_ATTEMPTS = 5;

    /** The record as it came. */
    public static Retry unchanged(DeadLetter letter) {
        return new Retry(letter, letter.key(), letter.value());
    }

    /** Whether it was sent often enough. */
    public boolean isExhausted() {
        return letter.attempts() >= MOST_ATTEMPTS;
    }

    /** Its event's id, if it is an event now. */
    public @Nullable UUID eventId() {
        try {
            return new EventCodec().decode(value).eventId();
        } catch (InvalidEventException stillBad) {
            return null;
        }
    }

    /**
     * To the partition of origin, whatever the key: there an event that was stored already meets itself.
     */
    ProducerRecord<byte[], byte[]> record() {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(letter.origin().topic(), letter.origin().partition(), key, value);
        for (Header header : letter.headers()) {
            record.headers().add(header);
        }
        record.headers()
                .add(DeadLetterHeader.ATTEMPTS.headerName(), bytes(Integer.toString(letter.attempts())))
                .add(DeadLetter.RETRY_OF, bytes(letter.first().toString()));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
