package dev.millrace.sink.write;

import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.RejectedRow;
import java.util.List;

/**
 * The events of a batch whose id was there already.
 *
 * @param duplicates those that say the same; nothing is stored of them
 * @param conflicts those that say something else; stored as rejected
 */
record Repeats(List<EventRow> duplicates, List<RejectedRow> conflicts) {
    static final Repeats NONE = new Repeats(List.of(), List.of());

    int count() {
        return duplicates.size() + conflicts.size();
    }
}
