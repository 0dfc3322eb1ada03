package dev.millrace.sink.batch;

import dev.millrace.schemas.event.RejectReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that is no event, with everything that came with it.
 *
 * @param detail what is wrong, for a person; without content of the record
 */
public record RejectedRow(
        int partition,
        long offset,
        RejectReason reason,
        String detail,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RecordHeader> headers)
        implements Row {

    @Override
    public int size() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
