package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.compose.process.RecordedProcesses;
import dev.millrace.compose.stack.EmbeddedStack;
import dev.millrace.compose.stack.FreePorts;
import dev.millrace.compose.stack.Ports;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.stack.SinkChild;
import dev.millrace.compose.stack.StackDirectory;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A group whose epochs contradict each other, as an hour of torture once left it: the broker gives out no
 * partitions then, to nobody, for ever. The state is written into the broker's own log and loaded from
 * there. Waits for time-outs, so it runs with {@code -Pfull}.
 */
@Tag("full")
class BrokenGroupIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int FAR_AHEAD = 1_000;

    /** Key and version of ConsumerGroupTargetAssignmentMetadata in Kafka's group coordinator. */
    private static final short ASSIGNMENT_EPOCH_KEY = 6;

    @TempDir
    Path directory;

    @Test
    void groupThatGetsNoPartitionsIsDeletedAndReadingGoesOn() throws Exception {
        Ports ports = FreePorts.find();
        StackDirectory data = new StackDirectory(directory.resolve("data"));
        Progress progress = new Progress(new PrintWriter(System.out));
        SinkChild sink =
                new SinkChild("sink", ports.sink(), ports.primary(), Map.of("KAFKA_GROUP_PROTOCOL", "consumer"));
        try (EmbeddedStack stack = EmbeddedStack.claim(data, ports, true, progress)) {
            // Given
            Map<String, String> environment = stack.start(List.of(sink));
            QueryClient query = new QueryClient(environment.get("QUERY_API_URL"));
            try (Publishing publishing = new Publishing(environment.get("KAFKA_BOOTSTRAP_SERVERS"))) {
                requireVisible(query, publishing.next().position().toString());
                setAssignmentEpoch(environment.get("KAFKA_BOOTSTRAP_SERVERS"), FAR_AHEAD);
                // When
                new RecordedProcesses(data.children())
                        .find("kafka")
                        .orElseThrow()
                        .send("KILL");
                // Then
                Path log = data.logs().resolve("sink.log");
                await().atMost(LIMIT).until(() -> Files.readString(log).contains("; deleted it"));
                requireVisible(query, publishing.next().position().toString());
                assertThat(Files.readString(log)).contains("assignmentEpoch=" + FAR_AHEAD, "This sink leaves it");
            }
        }
    }

    private static void requireVisible(QueryClient query, String position) {
        await().ignoreExceptions()
                .atMost(LIMIT)
                .until(() -> query.get("/v1/events", "limit", "1", "wait_for", position)
                                .status()
                        == 200);
    }

    /** Only Kafka's own clients may write to its own topics; they are known by this client id. */
    private static void setAssignmentEpoch(String bootstrapServers, int epoch) throws Exception {
        byte[] group = "millrace-sink".getBytes(StandardCharsets.UTF_8);
        ByteBuffer key = ByteBuffer.allocate(2 * Short.BYTES + group.length)
                .putShort(ASSIGNMENT_EPOCH_KEY)
                .putShort((short) group.length)
                .put(group);
        // Version 0, the epoch, no tagged fields.
        ByteBuffer value = ByteBuffer.allocate(Short.BYTES + Integer.BYTES + 1)
                .putShort((short) 0)
                .putInt(epoch)
                .put((byte) 0);
        Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers, "client.id", "__admin_client");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("__consumer_offsets", 0, key.array(), value.array()))
                    .get();
        }
    }
}
