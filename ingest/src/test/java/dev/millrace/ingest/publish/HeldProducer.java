package dev.millrace.ingest.publish;

import dev.millrace.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka producer that answers when and in which order the test says so. */
final class HeldProducer extends MockProducer<byte[], byte[]> {
    private final List<ProducerRecord<byte[], byte[]>> records = new CopyOnWriteArrayList<>();
    private final List<Callback> callbacks = new CopyOnWriteArrayList<>();
    private volatile RuntimeException nextSendFailure;
    private volatile boolean answersAtOnce;

    HeldProducer(int partitions) {
        super(cluster(partitions), false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    HeldProducer() {
        this(Topic.EVENTS.partitions());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        RuntimeException failure = nextSendFailure;
        if (failure != null) {
            nextSendFailure = null;
            throw failure;
        }
        records.add(record);
        callbacks.add(callback);
        if (answersAtOnce) {
            acknowledge(records.size() - 1);
        }
        return new CompletableFuture<>();
    }

    void answerAtOnce() {
        answersAtOnce = true;
    }

    void failNextSend(RuntimeException failure) {
        nextSendFailure = failure;
    }

    /** Acknowledges the record that was sent as number {@code index}, which is also its offset. */
    void acknowledge(int index) {
        Integer partition = records.get(index).partition();
        TopicPartition target = new TopicPartition(Topic.EVENTS.topicName(), partition == null ? 0 : partition);
        callbacks.get(index).onCompletion(new RecordMetadata(target, index, 0, 0L, 0, 0), null);
    }

    void fail(int index, RuntimeException failure) {
        TopicPartition target = new TopicPartition(Topic.EVENTS.topicName(), 0);
        callbacks.get(index).onCompletion(new RecordMetadata(target, -1, -1, -1L, -1, -1), failure);
    }

    List<ProducerRecord<byte[], byte[]>> records() {
        return new ArrayList<>(records);
    }

    private static Cluster cluster(int partitions) {
        Node node = new Node(0, "localhost", 9092);
        Node[] nodes = {node};
        List<PartitionInfo> infos = IntStream.range(0, partitions)
                .mapToObj(partition -> new PartitionInfo(Topic.EVENTS.topicName(), partition, node, nodes, nodes))
                .toList();
        return new Cluster("test", List.of(node), infos, Set.of(), Set.of());
    }
}
