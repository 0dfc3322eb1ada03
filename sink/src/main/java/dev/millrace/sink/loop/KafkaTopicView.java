package dev.millrace.sink.loop;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.Deserializer;

/** Asks the brokers with an admin client of its own. Thread-safe. */
public final class KafkaTopicView implements TopicView {
    private static final int LIMIT_MILLIS = 5_000;

    private final Admin admin;
    private final String topic;
    private final String topicId;
    private final NewsCounter news = new NewsCounter();

    /**
     * @param client Kafka client properties
     * @param topicId Kafka's id of the topic that the sink began with
     */
    public KafkaTopicView(Properties client, String topic, String topicId) {
        admin = Admin.create(client);
        this.topic = topic;
        this.topicId = topicId;
    }

    /** For the consumer: leaves bytes as they are, and counts the consumer's news of the cluster. */
    public Deserializer<byte[]> deserializer() {
        return news;
    }

    /** For the lag: asks on the same connection. */
    public LogEnds logEnds() {
        return LogEnds.of(admin, topic);
    }

    @Override
    public long news() {
        return news.count.get();
    }

    @Override
    public CompletableFuture<Map<Integer, LogRange>> ranges(Collection<Integer> partitions) {
        return offsets(partitions, OffsetSpec.earliest())
                .thenCombine(offsets(partitions, OffsetSpec.latest()), (starts, ends) -> {
                    Map<Integer, LogRange> ranges = new HashMap<>();
                    starts.forEach((partition, start) -> {
                        ListOffsetsResultInfo end = ends.get(partition);
                        if (end != null) {
                            ranges.put(partition.partition(), new LogRange(start.offset(), end.offset()));
                        }
                    });
                    return ranges;
                });
    }

    @Override
    public CompletableFuture<Void> look() {
        CompletableFuture<Map<String, TopicDescription>> description =
                future(admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(LIMIT_MILLIS))
                        .allTopicNames());
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        CompletableFuture<Map<ConfigResource, Config>> config =
                future(admin.describeConfigs(List.of(resource), new DescribeConfigsOptions().timeoutMs(LIMIT_MILLIS))
                        .all());
        return description.thenAcceptBoth(config, (topics, configs) -> {
            TopicInspector.checkId(
                    topic, topicId, topics.values().iterator().next().topicId().toString());
            TopicInspector.checkConfig(topic, configs.values().iterator().next());
        });
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
            Collection<Integer> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        partitions.forEach(partition -> question.put(new TopicPartition(topic, partition), spec));
        // Up to the last replicated record, not only the last that no transaction holds back.
        ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(LIMIT_MILLIS);
        return future(admin.listOffsets(question, options).all());
    }

    private static <T> CompletableFuture<T> future(KafkaFuture<T> kafkas) {
        return kafkas.toCompletionStage().toCompletableFuture();
    }

    /** A consumer tells its deserialiser of every answer to its question for metadata. */
    private static final class NewsCounter implements Deserializer<byte[]>, ClusterResourceListener {
        private final AtomicLong count = new AtomicLong();

        @Override
        public void onUpdate(ClusterResource cluster) {
            count.incrementAndGet();
        }

        @Override
        public byte[] deserialize(String topic, byte[] data) {
            return data;
        }
    }
}
