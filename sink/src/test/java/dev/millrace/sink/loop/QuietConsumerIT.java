package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.TestTopic;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a real broker, and records of a paused partition in the consumer's hands. */
@Timeout(60)
class QuietConsumerIT {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONG_POLL = Duration.ofMinutes(5);

    private final TestTopic topic = TestTopic.create(Topic.EVENTS);
    private final TopicPartition full = new TopicPartition(topic.name(), 0);
    private final TopicPartition empty = new TopicPartition(topic.name(), 1);
    private final TopicWriter writer = new TopicWriter(topic);

    @BeforeEach
    void fill() {
        writer.send(0, 100);
    }

    @AfterEach
    void close() {
        writer.close();
        topic.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void waitingForAPausedPartitionTakesNoProcessorTime(String protocol) {
        try (QuietConsumer consumer = holdingRecords(protocol)) {
            consumer.pause(List.of(full, empty));
            long before = cpuMillis();
            // When
            for (int poll = 0; poll < 10; poll++) {
                assertThat(consumer.poll(POLL).isEmpty()).isTrue();
            }
            // Then
            assertThat(cpuMillis() - before).isLessThan(300);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void waitingForAnotherPartitionTakesNoProcessorTimeEither(String protocol) {
        try (QuietConsumer consumer = holdingRecords(protocol)) {
            consumer.pause(List.of(full));
            long before = cpuMillis();
            long until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            // When
            while (System.nanoTime() < until) {
                assertThat(consumer.poll(POLL).isEmpty()).isTrue();
            }
            // Then
            assertThat(cpuMillis() - before).isLessThan(500);
            // When
            writer.send(1, 1);
            // Then
            await().until(() -> consumer.poll(POLL).records(empty).size() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void wakeupEndsTheWait(String protocol) {
        try (QuietConsumer consumer = holdingRecords(protocol)) {
            consumer.pause(List.of(full, empty));
            Thread polling = Thread.currentThread();
            Thread waking = new Thread(() -> {
                await().until(() -> polling.getState() == Thread.State.TIMED_WAITING);
                consumer.wakeup();
            });
            waking.start();
            // When
            assertThatThrownBy(() -> consumer.poll(LONG_POLL)).isInstanceOf(WakeupException.class);
            // Then
            consumer.resume(List.of(full, empty));
            assertThat(consumer.poll(LONG_POLL).records(full)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void restReadsNothingAndEndsWithAWakeup(String protocol) {
        try (QuietConsumer consumer = holdingRecords(protocol)) {
            Thread resting = Thread.currentThread();
            Thread waking = new Thread(() -> {
                await().until(() -> resting.getState() == Thread.State.TIMED_WAITING);
                consumer.wakeup();
            });
            waking.start();
            // When
            consumer.rest(LONG_POLL);
            // Then
            assertThatThrownBy(() -> consumer.poll(LONG_POLL)).isInstanceOf(WakeupException.class);
            assertThat(consumer.position(full)).isEqualTo(1);
        }
    }

    /** It has read one of a hundred records, and got all of them. */
    private QuietConsumer holdingRecords(String protocol) {
        QuietConsumer consumer = new QuietConsumer(
                Map.of(
                        "bootstrap.servers",
                        topic.bootstrapServers(),
                        "group.id",
                        topic.name(),
                        "group.protocol",
                        protocol,
                        "max.poll.records",
                        1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(full, empty));
        consumer.seekToBeginning(List.of(full, empty));
        ConsumerRecords<byte[], byte[]> first = consumer.poll(LONG_POLL);
        assertThat(first.records(full)).hasSize(1);
        return consumer;
    }

    /** Of this thread and the one that Kafka's client has beside it. */
    private static long cpuMillis() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null
                        && (thread.getThreadId() == Thread.currentThread().getId()
                                || thread.getThreadName().startsWith("consumer_background_thread")))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()) / 1_000_000)
                .sum();
    }
}
