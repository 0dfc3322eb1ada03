package dev.millrace.compose.dlq;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rejected records are wanted; what is null or empty does not limit them.
 *
 * @param reasons any of these
 * @param topic of origin
 * @param partition of origin
 * @param fromOffset least offset of origin
 * @param untilOffset first offset of origin that is too high
 * @param since earliest time in {@code events.dlq.v1}
 */
public record DeadLetterFilter(
        List<String> reasons,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long fromOffset,
        @Nullable Long untilOffset,
        @Nullable Instant since) {

    public static final DeadLetterFilter ALL = new DeadLetterFilter(List.of(), null, null, null, null, null);

    public DeadLetterFilter {
        reasons = List.copyOf(reasons);
    }

    boolean matches(DeadLetter letter) {
        return matches(letter.origin())
                && (reasons.isEmpty() || reasons.contains(letter.reason()))
                && (since == null || !letter.publishedAt().isBefore(since));
    }

    private boolean matches(Coordinate origin) {
        return (topic == null || topic.equals(origin.topic()))
                && (partition == null || partition == origin.partition())
                && (fromOffset == null || origin.offset() >= fromOffset)
                && (untilOffset == null || origin.offset() < untilOffset);
    }
}
