package dev.millrace.compose.torture;

import dev.millrace.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Waits until a database has everything that the topic holds. */
final class CatchUp {
    private static final String TOPIC = Topic.EVENTS.topicName();
    private static final long STEP_MILLIS = 50;

    private final Map<Integer, Long> ends;

    private CatchUp(Map<Integer, Long> ends) {
        this.ends = ends;
    }

    /** What there is to be reached: the ends of the topic's partitions as they are now. */
    static CatchUp ofTopic(String bootstrapServers) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        IntStream.range(0, Topic.EVENTS.partitions())
                .forEach(partition -> asked.put(new TopicPartition(TOPIC, partition), OffsetSpec.latest()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<Integer, Long> ends = new HashMap<>();
            admin.listOffsets(asked)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
            return new CatchUp(ends);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(
                    "the broker does not say where the topic ends: " + failure.getCause(), failure);
        }
    }

    /** How many records are still to come. */
    long lag(Map<Integer, Long> nextOffsets) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - nextOffsets.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /**
     * Waits for it.
     *
     * @param stop ends the wait
     * @return whether it came in time
     */
    boolean await(CommitWatch database, Duration limit, CountDownLatch stop) throws InterruptedException {
        long begin = System.nanoTime();
        while (lag(database.offsets()) > 0) {
            if (System.nanoTime() - begin > limit.toNanos() || stop.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }
}
