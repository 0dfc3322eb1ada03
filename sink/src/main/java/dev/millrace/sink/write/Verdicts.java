package dev.millrace.sink.write;

import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.RejectedRow;
import java.util.ArrayList;
import java.util.List;

/**
 * What the database said of those events of a batch that it does not store.
 *
 * @param duplicates their id was there already, and they say the same; nothing is stored of them
 * @param rejected conflicts, whose id was there with something else, and values that the database
 *     refuses
 */
record Verdicts(List<EventRow> duplicates, List<RejectedRow> rejected) {
    static final Verdicts NONE = new Verdicts(List.of(), List.of());

    int count() {
        return duplicates.size() + rejected.size();
    }

    /** These rejections and others, in any order. */
    List<RejectedRow> rejectedAnd(List<RejectedRow> others) {
        List<RejectedRow> all = new ArrayList<>(others);
        all.addAll(rejected);
        return all;
    }
}
