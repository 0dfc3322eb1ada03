package dev.millrace.sink.write;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.write.CopyStream.Rows;
import java.util.Arrays;
import java.util.List;

/**
 * What the fast path would send for a batch, encoded beforehand: a measurement can then tell what the
 * database takes from what encoding takes. Nothing else should need it.
 *
 * @param identities the bytes for {@link #IDENTITIES}
 * @param events the bytes for {@link #EVENTS}
 */
public record CopyImage(byte[] identities, byte[] events) {
    /** The COPY of identities. */
    public static final String IDENTITIES = TableCopy.IDENTITY_COPY;

    /** The COPY of events. */
    public static final String EVENTS = TableCopy.EVENT_COPY;

    /** What a session says before its first batch; it decides what an index costs. */
    public static final String SESSION = PrimarySession.PENDING_LIST;

    /** The events of a batch, in the orders that the fast path sends them in. */
    public static CopyImage of(Batch batch) {
        return new CopyImage(
                encode(IdentityOrder.of(batch.events()), TableCopy::identity),
                encode(batch.events(), TableCopy::event));
    }

    private static byte[] encode(List<EventRow> rows, Rows<EventRow> encoding) {
        CopyBuffer buffer = new CopyBuffer();
        buffer.header();
        for (EventRow row : rows) {
            encoding.encode(row, buffer);
        }
        buffer.trailer();
        return Arrays.copyOf(buffer.bytes(), buffer.length());
    }
}
