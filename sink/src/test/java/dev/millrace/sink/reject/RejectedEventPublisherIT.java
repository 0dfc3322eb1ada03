package dev.millrace.sink.reject;

import static dev.millrace.sink.reject.RejectedEvents.header;
import static dev.millrace.sink.reject.RejectedEvents.in;
import static dev.millrace.sink.reject.RejectedEvents.origins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.ManualClock;
import dev.millrace.schemas.testing.TestTopic;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.metrics.RejectedEventMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a real database and a real broker, step by step. */
@Timeout(120)
class RejectedEventPublisherIT {
    private static final int MEBIBYTE = 1 << 20;

    /** Gives a topic up sooner than the sink does. */
    private static final Map<String, String> IMPATIENT =
            Map.of("max.block.ms", "2000", "request.timeout.ms", "3000", "delivery.timeout.ms", "4000");

    private final ManualClock clock = new ManualClock(TestRows.START);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RejectedEvents rejected = new RejectedEvents();
    private final List<RejectedEventPublisher> publishers = new ArrayList<>();
    private TestTopic topic = TestTopic.create(Topic.REJECTED_EVENTS);

    @AfterEach
    void close() {
        publishers.forEach(RejectedEventPublisher::letGo);
        topic.close();
        rejected.close();
    }

    @Test
    void publishedEventIsTheRecordAsItCameAndWhyItWasRejected() {
        // Given
        rejected.reject(7, bytes("book-7"), new byte[] {0, 1, (byte) 0xFF}, "[[\"trace\",\"AQI=\"],[\"empty\",null]]");
        rejected.reject(8, null, null, "[]");
        // When
        publisher("one").step();
        // Then
        List<ConsumerRecord<byte[], byte[]>> records = in(topic);
        assertThat(records).hasSize(2);
        ConsumerRecord<byte[], byte[]> first = records.get(0);
        assertThat(first.key()).isEqualTo(bytes("book-7"));
        assertThat(first.value()).containsExactly(0, 1, 0xFF);
        assertThat(first.headers().lastHeader("trace").value()).containsExactly(1, 2);
        assertThat(first.headers().lastHeader("empty").value()).isNull();
        assertThat(header(first, "dlq.reason")).isEqualTo("undecodable");
        assertThat(header(first, "dlq.detail")).isEqualTo("no marker: é");
        assertThat(header(first, "dlq.origin.topic")).isEqualTo("events.v1");
        assertThat(header(first, "dlq.origin.partition")).isEqualTo("0");
        assertThat(header(first, "dlq.origin.offset")).isEqualTo("7");
        assertThat(header(first, "dlq.attempts")).isEqualTo("1");
        assertThat(records.get(1).key()).isNull();
        assertThat(records.get(1).value()).isNull();
        assertThat(rejected.offsets(true)).containsExactly(7L, 8L);
    }

    @Test
    void eventThatCameBackCountsOnAndIsNotLabelledTwice() {
        // Given
        rejected.reject(
                9,
                null,
                new byte[] {1},
                "[[\"dlq.attempts\",\"%s\"],[\"dlq.origin.offset\",\"%s\"],[\"a\",\"\"]]"
                        .formatted(base64("4"), base64("3")));
        rejected.reject(10, null, new byte[] {1}, "[[\"dlq.attempts\",\"%s\"]]".formatted(base64("99999999999")));
        // When
        publisher("one").step();
        // Then
        List<ConsumerRecord<byte[], byte[]>> records = in(topic);
        assertThat(header(records.get(0), "dlq.attempts")).isEqualTo("5");
        assertThat(header(records.get(0), "dlq.origin.offset")).isEqualTo("9");
        assertThat(records.get(0).headers().lastHeader("a").value()).isEmpty();
        assertThat(header(records.get(1), "dlq.attempts")).isEqualTo("1");
    }

    @Test
    void largestRecordsOfTheTopicOfEventsFit() {
        // Given
        String header = Base64.getEncoder().encodeToString(random(Topic.EVENTS.maxMessageBytes() - MEBIBYTE - 2_000));
        for (int offset = 0; offset < 12; offset++) {
            rejected.reject(offset, random(200), random(MEBIBYTE), "[[\"large\",\"%s\"]]".formatted(header));
        }
        // When
        stepUntilEmpty(publisher("one"));
        // Then
        assertThat(origins(in(topic))).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(rejected.offsets(false)).isEmpty();
    }

    @Test
    void eventThatDoesNotFitHoldsUpNobodyAndGoesWhenItFits() {
        // Given
        topic.close();
        topic = TestTopic.create(Topic.REJECTED_EVENTS, Map.of("max.message.bytes", "2000"));
        rejected.reject(1, null, random(5_000), "[]");
        rejected.reject(2);
        RejectedEventPublisher publisher = publisher("one");
        // When
        stepUntilEmpty(publisher);
        rejected.reject(3);
        stepUntilEmpty(publisher);
        // Then
        assertThat(rejected.offsets(true)).containsExactly(2L, 3L);
        assertThat(rejected.offsets(false)).containsExactly(1L);
        Topics.alter(topic, "max.message.bytes", "10000");
        stepUntilEmpty(publisher);
        assertThat(rejected.offsets(false)).as("not before its time").containsExactly(1L);
        clock.pass(Pacing.DEFAULT.firstRetry());
        publisher.step();
        stepUntilEmpty(publisher);
        assertThat(origins(in(topic))).containsExactly(2L, 3L, 1L);
        assertThat(rejected.offsets(false)).isEmpty();
    }

    @Test
    void eventsWaitForATopicThatIsNotThereAndGoWhenItIsMadeAgain() {
        // Given
        RejectedEventPublisher publisher = publisher("one", () -> {}, IMPATIENT);
        rejected.reject(1);
        publisher.step();
        topic.close();
        rejected.reject(2);
        rejected.reject(3);
        // When
        Duration first = publisher.step();
        Duration second = publisher.step();
        // Then
        assertThat(List.of(first, second)).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(rejected.offsets(false)).containsExactly(2L, 3L);
        assertThat(gauge("sink.rejected.oldest.seconds")).isNotNegative();
        Topics.make(topic);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            publisher.step();
            return rejected.offsets(false).isEmpty();
        });
        assertThat(new HashSet<>(origins(in(topic)))).containsExactly(2L, 3L);
        assertThat(publisher.step()).as("well again").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void deathBetweenPublishingAndMarkingPublishesAgainAndLosesNothing() {
        // Given
        rejected.reject(1);
        rejected.reject(2);
        RejectedEventPublisher dies = publisher("dies", () -> rejected.end("dies"), Map.of());
        // When
        dies.step();
        dies.letGo();
        // Then
        assertThat(origins(in(topic))).containsExactly(1L, 2L);
        assertThat(rejected.offsets(false)).containsExactly(1L, 2L);
        publisher("next").step();
        assertThat(origins(in(topic))).containsExactly(1L, 2L, 1L, 2L);
        assertThat(rejected.offsets(false)).isEmpty();
    }

    @Test
    void lostConnectionAloneMakesNobodyPublishTwice() {
        // Given
        rejected.reject(1);
        RejectedEventPublisher publisher = publisher("survives", () -> rejected.end("survives"), Map.of());
        // When
        publisher.step();
        assertThat(rejected.offsets(false)).containsExactly(1L);
        publisher.step();
        // Then
        assertThat(rejected.offsets(true)).containsExactly(1L);
        assertThat(origins(in(topic))).containsExactly(1L);
    }

    @Test
    void onePublisherLeadsAndTheOtherTakesOverWhenItDies() {
        // Given
        RejectedEventPublisher leader = publisher("leader");
        RejectedEventPublisher other = publisher("other");
        leader.step();
        rejected.reject(1);
        // When
        other.step();
        // Then
        assertThat(rejected.offsets(false)).containsExactly(1L);
        rejected.end("leader");
        other.step();
        assertThat(rejected.offsets(true)).containsExactly(1L);
        rejected.reject(2);
        leader.step();
        leader.step();
        assertThat(rejected.offsets(false))
                .as("nobody leads beside the new one")
                .containsExactly(2L);
    }

    @Test
    void whatWaitsIsMeasuredAndUnknownWithoutTheDatabase() {
        // Given
        rejected.reject(1);
        rejected.reject(2);
        RejectedEventPublisher publisher = publisher("one");
        // When
        publisher.step();
        // Then
        assertThat(gauge("sink.rejected.unpublished")).isEqualTo(2);
        publisher.step();
        assertThat(gauge("sink.rejected.unpublished"))
                .as("counted now and then")
                .isEqualTo(2);
        clock.pass(Pacing.DEFAULT.measure());
        publisher.step();
        assertThat(gauge("sink.rejected.unpublished")).isZero();
        assertThat(gauge("sink.rejected.oldest.seconds")).isZero();
        rejected.end("one");
        publisher.step();
        assertThat(gauge("sink.rejected.unpublished")).isNaN();
    }

    @Test
    void backlogOfSeveralReadsGoesInItsOrder() {
        // Given
        rejected.rejectFirst(1_100);
        // When
        stepUntilEmpty(publisher("one"));
        // Then
        assertThat(rejected.offsets(true)).hasSize(1_100);
        assertThat(origins(in(topic)))
                .containsExactlyElementsOf(LongStream.range(0, 1_100).boxed().toList());
    }

    /** A step that is to be followed at once found something. */
    private static void stepUntilEmpty(RejectedEventPublisher publisher) {
        Duration wait = publisher.step();
        while (wait.isZero()) {
            wait = publisher.step();
        }
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private RejectedEventPublisher publisher(String name) {
        return publisher(name, () -> {}, Map.of());
    }

    /** With something that happens between Kafka's answer and the mark. */
    private RejectedEventPublisher publisher(String name, Runnable afterPublishing, Map<String, String> limits) {
        Map<String, String> kafka = new HashMap<>(limits);
        kafka.put("bootstrap.servers", topic.bootstrapServers());
        DeadLetterTopic target = new DeadLetterTopic(topic.name(), name, kafka);
        DeadLetters interrupted = new DeadLetters() {
            @Override
            public List<Publication> publish(List<RejectedEvent> events) {
                List<Publication> publications = target.publish(events);
                afterPublishing.run();
                return publications;
            }

            @Override
            public void close() {
                target.close();
            }
        };
        RejectedEventPublisher publisher = new RejectedEventPublisher(
                name,
                new RejectedEventTable(rejected.ownerUrl(), name),
                interrupted,
                new RejectedEventMetrics(registry),
                clock::nanoTime,
                Pacing.DEFAULT);
        publishers.add(publisher);
        return publisher;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }
}
