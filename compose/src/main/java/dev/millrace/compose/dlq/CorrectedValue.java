package dev.millrace.compose.dlq;

import dev.millrace.compose.dlq.DlqException.Kind;
import dev.millrace.ingest.publish.EventLineReader;
import dev.millrace.ingest.publish.InvalidLineException;
import dev.millrace.ingest.publish.OutgoingEvent;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.InvalidEventException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What a person gives in place of a rejected value. */
public final class CorrectedValue {
    private CorrectedValue() {}

    /** These bytes, whatever they are. */
    public static Retry raw(DeadLetter letter, byte[] value) {
        return new Retry(letter, letter.key(), value);
    }

    /**
     * An event as {@code publish} reads it. Its key, if it has one, takes the place of the record's.
     *
     * @throws DlqException FAILED if it is no event; nothing is to be sent then
     */
    public static Retry event(DeadLetter letter, byte[] json) {
        if (!letter.origin().topic().equals(Topic.EVENTS.topicName())) {
            throw new DlqException(
                    Kind.FAILED,
                    letter.origin().topic() + " does not hold events as Millrace encodes them; give its bytes, with"
                            + " --raw");
        }
        try {
            OutgoingEvent event = new EventLineReader(Clock.systemUTC()).read(json);
            EventCodec codec = new EventCodec();
            byte @Nullable [] key = event.key() == null ? letter.key() : codec.encodeKey(event.key());
            codec.checkKey(key);
            return new Retry(letter, key, codec.encode(event.event()));
        } catch (InvalidLineException | InvalidEventException invalid) {
            throw new DlqException(Kind.FAILED, "the corrected event: " + invalid.getMessage(), invalid);
        }
    }
}
