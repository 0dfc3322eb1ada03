package dev.millrace.sink.loop;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What the brokers say about the topic, asked beside the consumer and never waited for. A question
 * that was not answered fails with Kafka's own exception and may be asked again. Thread-safe.
 */
public interface TopicView extends AutoCloseable {
    /** What the log of each of these partitions covers now. */
    CompletableFuture<Map<Integer, LogRange>> ranges(Collection<Integer> partitions);

    /**
     * Whether the topic is still the one that the sink began with.
     *
     * @return fails with a {@link TopicRefusedException} if a person has to act
     */
    CompletableFuture<Void> look();

    /**
     * How often the consumer has heard about the cluster. Only with such news can the records that it
     * reads be those of another topic of the same name.
     */
    long news();

    @Override
    void close();
}
