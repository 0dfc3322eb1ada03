package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.ingest.publish.EventLineReader;
import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.ingest.publish.Receipt;
import dev.millrace.schemas.testing.EventGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The primary's disk is full while the sink writes: nothing is rejected, nothing is lost, and the sink
 * that met it goes on when there is room. Each test starts servers of its own and takes a minute, so
 * they run with {@code -Pfull}.
 */
@Tag("full")
class FullDiskIT {
    private static final long SEED = 20_261_124;

    /** Of a payload that hardly shrinks: tens of thousands of events fill the disk. */
    private static final int PAYLOAD_BYTES = 2_000;

    private static final int CHUNK = 250;

    /** How many acknowledged events the sink may still have to store. */
    private static final int AHEAD = 2_000;

    /** For how long the disk stays full; the sink tries again several times. */
    private static final Duration FULL = Duration.ofSeconds(15);

    private static final Duration HEALED_LIMIT = Duration.ofSeconds(60);
    private static final Pattern SQLSTATE = Pattern.compile("sqlState=(\\w{5})");

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final Iterator<String> lines = new EventGenerator(SEED)
            .events(200_000)
            .map(event -> event.withPayload("{\"text\":\"" + text() + "\"}").line())
            .iterator();
    private final Map<String, String> acknowledged = new HashMap<>();
    private LooseStack stack;
    private EventPublisher publisher;
    private SmallDisk disk;

    @BeforeEach
    void moveThePrimaryToASmallDisk() throws Exception {
        assumeTrue(SmallDisk.works(), "mounting a small file system does not work here");
        stack = LooseStack.start(directory.resolve("data"));
        List.of("sink", "query-api", "replica", "primary").forEach(stack::stop);
        disk = new SmallDisk(directory, stack);
        publisher = new EventPublisher(PublisherConfig.defaults().withBootstrapServers(stack.bootstrapServers()));
    }

    @AfterEach
    void endAll() {
        if (publisher != null) {
            publisher.close();
        }
        if (disk != null) {
            disk.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void sinkWaitsWhileTheTablesHaveNoRoom() throws Exception {
        // Given
        disk.moveWalAway();
        start();
        try (RunningSink sink = sink()) {
            // When
            publishUntilFull(sink);
            stayFull(sink);
            // Then
            assertThat(disk.serverRuns()).isTrue();
            assertThat(sqlStates(sink)).containsKey("53100");
            try (EventTable table = new EventTable(stack.formerUrl())) {
                assertAgrees(table, table.stored());
                assertThat(table.stored()).isLessThan(acknowledged.size());
            }
            // When
            disk.deleteBallast();
            // Then
            assertGoesOn(sink);
        }
    }

    @Test
    void sinkOutlivesAServerThatHasNoRoomForAnything() throws Exception {
        // Given
        start();
        try (RunningSink sink = sink()) {
            // When
            publishUntilFull(sink);
            stayFull(sink);
            // Then
            disk.deleteBallast();
            boolean died = !disk.serverRuns();
            if (died) {
                System.out.println("the server died, exit code " + disk.reapServer());
                disk.startServer();
            }
            assertGoesOn(sink);
        }
    }

    private void start() throws Exception {
        disk.startServer();
        await().atMost(LooseStack.LIMIT).ignoreExceptions().untilAsserted(stack::forgetReplica);
        System.out.printf("free at the beginning: %d MB%n", disk.free() >> 20);
    }

    private RunningSink sink() throws Exception {
        return RunningSink.start(
                directory,
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(),
                        "SINK_WRITER_URL", stack.as("millrace_writer", stack.formerUrl()),
                        "SINK_OWNER_URL", stack.formerUrl()));
    }

    private void publishUntilFull(RunningSink sink) throws Exception {
        long begin = System.nanoTime();
        while (!isFull(sink)) {
            assertThat(lines).as("the disk is full before the events end").hasNext();
            publish();
            // What waits when the disk is full has to fit into the ballast's place.
            await().atMost(LooseStack.LIMIT)
                    .until(() -> isFull(sink)
                            || sink.counter("sink_rows_total{outcome=\"stored\"}") > acknowledged.size() - AHEAD);
        }
        System.out.printf("full after %.1f s and %d events%n", (System.nanoTime() - begin) / 1e9, acknowledged.size());
    }

    private boolean isFull(RunningSink sink) throws Exception {
        return !disk.serverRuns()
                || sqlStates(sink).containsKey("53100")
                || disk.log().contains("PANIC");
    }

    /** Producers go on meanwhile. */
    private void stayFull(RunningSink sink) throws Exception {
        publish();
        boolean died = !disk.serverRuns();
        await().pollDelay(FULL).atMost(FULL.multipliedBy(2)).until(sink::isRunning);
        System.out.printf(
                "the server died at once: %s, within %d s: %s; free: %d kB; SQLSTATEs that the sink met: %s%n",
                died, FULL.toSeconds(), !disk.serverRuns(), disk.free() >> 10, sqlStates(sink));
        disk.log()
                .lines()
                .filter(line -> line.contains("PANIC") || line.contains("was terminated by signal"))
                .forEach(System.out::println);
    }

    private void assertGoesOn(RunningSink sink) throws Exception {
        long begin = System.nanoTime();
        await().pollInterval(Duration.ofMillis(100))
                .atMost(HEALED_LIMIT)
                .ignoreExceptions()
                .until(() -> {
                    try (EventTable table = new EventTable(stack.formerUrl())) {
                        return table.stored() >= acknowledged.size();
                    }
                });
        System.out.printf(
                "all %d events are stored %.1f s after there was room; SQLSTATEs: %s%n",
                acknowledged.size(), (System.nanoTime() - begin) / 1e9, sqlStates(sink));
        try (EventTable table = new EventTable(stack.formerUrl())) {
            assertAgrees(table, acknowledged.size());
            assertThat(table.rows()).isEqualTo(acknowledged);
            assertThat(table.outOfOrder()).isZero();
        }
        assertThat(sink.isRunning()).isTrue();
        await().atMost(LooseStack.LIMIT).until(() -> sink.get("/health/ready").startsWith("200"));
    }

    private static void assertAgrees(EventTable table, long events) throws Exception {
        assertThat(table.figures())
                .isEqualTo("events=%1$d identities=%1$d offsets=%1$d stored=%1$d duplicates=0 rejected=0"
                        .formatted(events));
    }

    /** How often the sink met each. */
    private static Map<String, Long> sqlStates(RunningSink sink) throws Exception {
        return SQLSTATE.matcher(sink.log())
                .results()
                .collect(Collectors.groupingBy(
                        (MatchResult found) -> found.group(1), TreeMap::new, Collectors.counting()));
    }

    private void publish() throws Exception {
        EventLineReader reader = new EventLineReader(Clock.systemUTC());
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int sent = 0; sent < CHUNK; sent++) {
            receipts.add(publisher.publish(reader.read(lines.next().getBytes(StandardCharsets.UTF_8))));
        }
        receipts.stream()
                .map(CompletableFuture::join)
                .forEach(receipt -> acknowledged.put(
                        receipt.position().toString(), receipt.eventId().toString()));
    }

    private String text() {
        byte[] bytes = new byte[PAYLOAD_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
