package dev.millrace.sink.loop;

import dev.millrace.sink.write.Gap;
import dev.millrace.sink.write.StoredOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out where partitions are to be read on. The database is asked in the writer's thread, after
 * what is being written, so its answer is decided; then Kafka, so that its log is never older than the
 * answer. A gap between the two is recorded, and passed if a person has accepted it. Thread-safe.
 */
final class PartitionLocator {
    private final WriterThread writer;
    private final TopicView view;

    PartitionLocator(WriterThread writer, TopicView view) {
        this.writer = writer;
        this.view = view;
    }

    CompletableFuture<List<Location>> locate(List<Integer> partitions) {
        return writer.storedOffsets(partitions)
                .thenCompose(stored -> view.ranges(partitions).thenCompose(ranges -> pass(locations(stored, ranges))));
    }

    private CompletableFuture<List<Location>> pass(List<Location> locations) {
        List<Gap> gaps = locations.stream()
                .filter(Location::isBeforeLog)
                .map(location -> new Gap(
                        location.stored().partition(),
                        location.stored().nextOffset(),
                        location.log().start()))
                .toList();
        if (gaps.isEmpty()) {
            return CompletableFuture.completedFuture(locations);
        }
        return writer.passGaps(gaps).thenApply(passed -> {
            Map<Integer, StoredOffset> stored = new HashMap<>();
            locations.forEach(location -> stored.put(location.stored().partition(), location.stored()));
            passed.forEach(offset -> stored.put(offset.partition(), offset));
            return locations.stream()
                    .map(location -> new Location(
                            stored.getOrDefault(location.stored().partition(), location.stored()), location.log()))
                    .toList();
        });
    }

    private static List<Location> locations(List<StoredOffset> stored, Map<Integer, LogRange> ranges) {
        List<Location> locations = new ArrayList<>();
        for (StoredOffset offset : stored) {
            LogRange log = ranges.get(offset.partition());
            if (log != null) {
                locations.add(new Location(offset, log));
            }
        }
        return locations;
    }
}
