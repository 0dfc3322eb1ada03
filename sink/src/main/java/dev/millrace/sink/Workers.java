package dev.millrace.sink;

import dev.millrace.sink.group.GroupWatch;
import dev.millrace.sink.loop.SinkWorker;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The workers of a process. They are members of one group like those of several processes, and know
 * of each other only what {@link SharedParts} holds. Thread-safe.
 */
final class Workers implements AutoCloseable {
    private final SharedParts shared;
    private final List<WorkerParts> parts;

    /** Makes them; {@link #start} starts them. */
    Workers(SharedParts shared) {
        this.shared = shared;
        parts = IntStream.range(0, shared.settings().workers())
                .mapToObj(number -> WorkerParts.of(shared, number))
                .toList();
    }

    /** What must be true to be ready, of all of them. */
    Map<String, BooleanSupplier> checks() {
        return Map.of(
                "worker",
                () -> all(SinkWorker::isInPlace),
                "database",
                () -> all(SinkWorker::isDatabaseAnswering),
                "primary",
                () -> !shared.timelines().isRefusing(),
                "partitions",
                () -> all(worker -> worker.stoppedPartitions().isEmpty()));
    }

    WorkerThreads start() {
        GroupWatch groupWatch =
                new GroupWatch(shared.kafkaClient(), shared.settings().group());
        return new WorkerThreads(Stream.concat(
                        parts.stream().map(WorkerParts::loop),
                        Stream.of(new WorkerThreads.Loop("group-watch", groupWatch, groupWatch::stop)))
                .toList());
    }

    /** After their end: gives back what their meters hold. */
    @Override
    public void close() {
        parts.forEach(part -> part.clientMetrics().close());
    }

    private boolean all(Predicate<SinkWorker> is) {
        return parts.stream().map(WorkerParts::worker).allMatch(is);
    }
}
