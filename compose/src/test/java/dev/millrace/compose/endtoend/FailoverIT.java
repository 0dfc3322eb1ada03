package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.ingest.publish.EventLineReader;
import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.ingest.publish.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The primary dies with events that its replica has never seen, and the replica takes its place: the
 * sink stores them again there, and nothing on the former primary, which comes back writable.
 * Each test starts servers of its own and takes a minute, so they run with {@code -Pfull}.
 */
@Tag("full")
class FailoverIT {
    private static final int REPLICATED = 3_000;
    private static final int EVENTS = 12_000;
    private static final int KILLED_AT = 8_000;

    /** Published when there are two servers that take writes. */
    private static final int MORE = 200;

    @TempDir
    Path directory;

    private final List<String> lines = Events.generate(EVENTS + 2 * MORE);
    private final Map<String, String> acknowledged = new HashMap<>();
    private LooseStack stack;
    private long storedAtPromotion;

    @BeforeEach
    void startStack() throws Exception {
        stack = LooseStack.start(directory.resolve("data"));
    }

    @AfterEach
    void endStack() {
        stack.close();
    }

    @Test
    void sinkThatLivesThroughAFailoverGoesBackAndNeverToTheFormerPrimary() throws Exception {
        // Given
        stack.stop("sink");
        try (RunningSink sink = sink(stack.bothUrl());
                EventTable former = new EventTable(stack.formerUrl())) {
            // When
            long lost = loseATail(former);
            // Then
            try (EventTable heir = new EventTable(stack.heirUrl())) {
                assertHolds(heir, EVENTS);
                long rewound = sink.counter("sink_rewound_records_total");
                System.out.printf("lost at least %d events, the sink went back %d records%n", lost, rewound);
                assertThat(sink.log()).contains("the primary was promoted", "the database lost what it had confirmed");
                // When: the address of the former primary comes first
                stack.startFormer();
                try (EventTable back = new EventTable(stack.formerUrl())) {
                    String before = back.figures();
                    assertThat(rewound).isBetween(lost, back.stored() - storedAtPromotion);
                    stack.endSinkConnections(stack.heirUrl());
                    publish(EVENTS, EVENTS + MORE);
                    // Then
                    assertHolds(heir, EVENTS + MORE);
                    assertThat(back.figures()).isEqualTo(before);
                    assertThat(sink.log()).contains("the server is an old primary");
                    assertThat(sink.get("/health/ready")).startsWith("200");
                }
            }
        }
    }

    @Test
    void sinkThatStartsAfterAFailoverStoresTheLostTailAndRefusesTheFormerPrimary() throws Exception {
        try (EventTable former = new EventTable(stack.formerUrl())) {
            // When
            long lost = loseATail(former);
            stack.stop("sink");
            // Then
            try (RunningSink sink = sink(stack.heirUrl());
                    EventTable heir = new EventTable(stack.heirUrl())) {
                assertHolds(heir, EVENTS);
                System.out.printf("lost at least %d events, a fresh sink stored them again%n", lost);
                assertThat(sink.isRunning()).isTrue();
                awaitTimelineToldToKafka();
            }
            stack.startFormer();
            publish(EVENTS, EVENTS + MORE);
            for (int start = 0; start < 2; start++) {
                assertRefusesFormer();
            }
            try (RunningSink sink = sink(stack.bothUrl());
                    EventTable heir = new EventTable(stack.heirUrl())) {
                assertHolds(heir, EVENTS + MORE);
                assertThat(sink.isRunning()).isTrue();
            }
        }
    }

    /** Publishes while the link is cut, the primary dies in the middle, and the replica is promoted. */
    private long loseATail(EventTable former) throws Exception {
        publish(0, REPLICATED);
        try (EventTable heir = new EventTable(stack.heirUrl())) {
            await().atMost(LooseStack.LIMIT).until(() -> heir.stored() == REPLICATED);
            stack.cutReplication();
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(REPLICATED, EVENTS));
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(LooseStack.LIMIT)
                    .until(() -> former.stored() >= KILLED_AT);
            long stored = former.stored();
            stack.kill("primary");
            storedAtPromotion = heir.stored();
            stack.promote();
            publishing.get(1, TimeUnit.MINUTES);
            assertThat(storedAtPromotion).isEqualTo(REPLICATED);
            return stored - storedAtPromotion;
        }
    }

    private RunningSink sink(String ownerUrl) throws Exception {
        return RunningSink.start(
                directory,
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(),
                        "SINK_WRITER_URL", stack.as("millrace_writer", ownerUrl),
                        "SINK_OWNER_URL", ownerUrl));
    }

    /** At a pace that keeps the sink busy while servers die. */
    private void publish(int from, int to) {
        EventLineReader reader = new EventLineReader(Clock.systemUTC());
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        try (EventPublisher publisher =
                new EventPublisher(PublisherConfig.defaults().withBootstrapServers(stack.bootstrapServers()))) {
            for (String line : lines.subList(from, to)) {
                receipts.add(publisher.publish(reader.read(line.getBytes(StandardCharsets.UTF_8))));
                if (receipts.size() % 100 == 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
                }
            }
            receipts.stream()
                    .map(CompletableFuture::join)
                    .forEach(receipt -> acknowledged.put(
                            receipt.position().toString(), receipt.eventId().toString()));
        }
    }

    private void assertHolds(EventTable table, int events) throws Exception {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(LooseStack.LIMIT)
                .untilAsserted(() -> assertThat(table.stored()).isGreaterThanOrEqualTo(events));
        assertThat(acknowledged).hasSize(events);
        assertThat(table.rows()).isEqualTo(acknowledged);
        assertThat(table.figures())
                .isEqualTo("events=%1$d identities=%1$d offsets=%1$d stored=%1$d duplicates=0 rejected=0"
                        .formatted(events));
        assertThat(table.outOfOrder()).isZero();
    }

    private void assertRefusesFormer() throws Exception {
        try (RunningSink sink = sink(stack.formerUrl());
                EventTable former = new EventTable(stack.formerUrl())) {
            String before = former.figures();
            await().atMost(LooseStack.LIMIT).until(() -> sink.log().contains("the server is an old primary"));
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> sink.get("/health/ready").startsWith("503 ")
                            && sink.get("/health/ready").contains("\"primary\":\"down\"")
                            && former.figures().equals(before));
            assertThat(sink.log().lines().filter(line -> line.contains("ERROR")))
                    .singleElement()
                    .asString()
                    .contains("timeline=1 highestTimelineSeen=2", "sink.writer-url");
            assertThat(sink.isRunning()).isTrue();
        }
    }

    private void awaitTimelineToldToKafka() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            await().atMost(LooseStack.LIMIT)
                    .until(
                            () -> admin
                                    .listConsumerGroupOffsets("millrace-sink")
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .values()
                                    .stream()
                                    .anyMatch(offset -> offset.metadata().endsWith("/2")));
        }
    }
}
