package dev.millrace.sink.reject;

import dev.millrace.sink.batch.RecordHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that is no event, as it is kept until it is published.
 *
 * @param detail what is wrong, for a person; without content of the record
 */
record RejectedEvent(
        Place place,
        String reason,
        String detail,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RecordHeader> headers) {

    /** Where the record lies in Kafka. */
    record Place(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + ":" + partition + ":" + offset;
        }
    }

    /** Without its content, which is not for logs. */
    @Override
    public String toString() {
        return place.toString();
    }
}
