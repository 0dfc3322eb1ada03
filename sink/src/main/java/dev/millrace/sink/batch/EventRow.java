package dev.millrace.sink.batch;

import dev.millrace.schemas.event.EncodedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that is a valid event; whether it is the first with its id, the database decides.
 *
 * @param appendedAtMillis milliseconds since 1970, not before those of any earlier record of the
 *     partition
 * @param key the record's key, valid UTF-8; null for none
 * @param headers kept for the case that the record turns out to be a conflict
 */
public record EventRow(
        int partition,
        long offset,
        long appendedAtMillis,
        byte @Nullable [] key,
        EncodedEvent event,
        List<RecordHeader> headers)
        implements Row {

    @Override
    public int size() {
        return event.value().length + (key == null ? 0 : key.length);
    }
}
