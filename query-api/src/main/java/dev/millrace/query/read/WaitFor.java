package dev.millrace.query.read;

import dev.millrace.schemas.Position;
import java.time.Duration;
import java.util.List;

/**
 * What an answer has to include.
 *
 * @param positions records that must have been stored, or found to be no event, before
 * @param atMost how long to wait until it is so
 */
public record WaitFor(List<Position> positions, Duration atMost) {
    public WaitFor {
        positions = List.copyOf(positions);
        if (atMost.isNegative()) {
            throw new IllegalArgumentException("wait_ms=" + atMost.toMillis());
        }
    }

    /** Whether a reader that has seen this much has seen them all. */
    boolean isMetBy(CompleteThrough through) {
        return positions.stream()
                .allMatch(position -> through.of(position.partition()).offset() >= position.offset());
    }
}
