package dev.millrace.schemas.testing.corpus;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code events.v1} and what has to become of it.
 *
 * @param name unique; its first part names the family: {@code json.depth-65}
 */
public record CorpusRecord(
        String name, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers, Fate fate) {

    @Override
    public String toString() {
        return name;
    }
}
