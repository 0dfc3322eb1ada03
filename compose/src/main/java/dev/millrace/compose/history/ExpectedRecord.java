package dev.millrace.compose.history;

import dev.millrace.schemas.Position;
import dev.millrace.schemas.event.RejectReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record and what has to become of it.
 *
 * @param appendedAt the append time of its row, in milliseconds since 1970
 * @param reason why it is rejected; null if it is not
 */
record ExpectedRecord(
        TopicRecord record,
        Verdict verdict,
        long appendedAt,
        @Nullable RejectReason reason) {

    /** GAP: in a range that a person let the sink leave out. */
    enum Verdict {
        STORED,
        DUPLICATE,
        REJECTED,
        GAP
    }

    Position position() {
        return record.position();
    }

    /** Only of a record that is an event. */
    EventDigest event() {
        return Objects.requireNonNull(record.event(), "no event");
    }

    @Override
    public String toString() {
        EventDigest event = record.event();
        return position() + " (" + verdict + (reason == null ? "" : " " + reason.label())
                + (event == null ? "" : ", event " + event.id()) + ")";
    }
}
