package dev.millrace.sink.loop;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Finds out where the logs of a topic's partitions end. */
@FunctionalInterface
public interface LogEnds {
    /**
     * Asks, and returns at once. What Kafka does not answer stays unsaid.
     *
     * @param answers gets the offset after the last record, by partition, in any thread
     */
    void ask(Set<Integer> partitions, BiConsumer<Integer, Long> answers);

    /**
     * As a broker sees them. The consumer's own view ends with what it fetched last, so it says nothing
     * of a partition that is paused; and it ends before the first open transaction, so one that hangs
     * would look like a log that is read to its end.
     *
     * @param admin stays open
     */
    static LogEnds of(Admin admin, String topic) {
        ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
        options.timeoutMs(5_000);
        return (partitions, answers) -> {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            partitions.forEach(partition -> ends.put(new TopicPartition(topic, partition), OffsetSpec.latest()));
            var asked = admin.listOffsets(ends, options);
            ends.keySet()
                    .forEach(partition -> asked.partitionResult(partition).whenComplete((end, failure) -> {
                        if (end != null) {
                            answers.accept(partition.partition(), end.offset());
                        }
                    }));
        };
    }
}
