package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two and a half million events, where no index helps a search in their payload. */
@Tag("full")
class ExportFullIT {
    private static final int EVENTS = 2_500_000;

    private static EventStore store;
    private static ApiClient api;

    @BeforeAll
    static void start() throws SQLException {
        store = new EventStore();
        store.execute("DROP INDEX event_payload, event_metadata");
        ManyEvents.fill(store, EVENTS, 10);
        api = new ApiClient(store.readerUrl());
    }

    @AfterAll
    static void stop() throws SQLException {
        api.close();
        store.close();
    }

    @Test
    void allOfThemComeInConstantMemory() throws IOException {
        for (String coding : List.of("identity", "identity", "gzip")) {
            // Given
            long used = usedHeap();
            long start = System.nanoTime();
            long processor = processorNanos();
            // When
            Received received = receive(coding);
            // Then
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "exported: coding=%s seconds=%.1f eventsPerSecond=%.0f bytes=%d processorSeconds=%.1f heapGrowth=%d%n",
                    coding,
                    seconds,
                    EVENTS / seconds,
                    received.bytes,
                    (processorNanos() - processor) / 1e9,
                    received.peakHeap - used);
            assertThat(received.bytes).isGreaterThan(EVENTS * 20L);
            assertThat(received.peakHeap - used).isLessThan(60_000_000);
            if (coding.equals("identity")) {
                assertThat(received.end).contains(ExportReader.trailer(EVENTS));
            }
        }
    }

    @Test
    void aSearchThatNoTimeLimitFitsComesToItsEnd() throws IOException {
        // Given
        String match = "match=%7B%22n%22:2499999%7D";
        int page = api.get("/v1/events?" + match).status();
        long start = System.nanoTime();
        // When
        try (ExportReader reader = new ExportReader(api, "?" + match)) {
            List<String> lines = reader.rest();
            // Then
            System.out.printf("searched: seconds=%.1f%n", (System.nanoTime() - start) / 1e9);
            assertThat(page).isEqualTo(422);
            assertThat(lines).hasSize(2).last().isEqualTo(ExportReader.trailer(1));
        }
    }

    @Test
    void aClientThatReadsNothingMoreIsCut() throws IOException {
        // Given
        try (Socket socket = open("identity");
                ExportReader other = new ExportReader(api, "")) {
            socket.getInputStream().readNBytes(1_000);
            other.lines(10);
            // When
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(
                                    api.get("/v1/events/export?key=none").status())
                            .isEqualTo(200));
            // Then
            Throwable thrown = catchThrowable(other::rest);
            assertThat(thrown).isInstanceOf(IOException.class);
        }
    }

    private static Received receive(String coding) throws IOException {
        byte[] buffer = new byte[1 << 17];
        Received received = new Received();
        long nextLook = 50_000_000;
        try (Socket socket = open(coding)) {
            InputStream input = socket.getInputStream();
            int read;
            while ((read = input.read(buffer)) >= 0) {
                received.bytes += read;
                received.end = new String(buffer, Math.max(0, read - 100), Math.min(read, 100), StandardCharsets.UTF_8);
                if (received.bytes > nextLook) {
                    received.peakHeap = Math.max(received.peakHeap, usedHeap());
                    nextLook += 200_000_000;
                }
            }
        }
        return received;
    }

    private static Socket open(String coding) throws IOException {
        Socket socket = new Socket("127.0.0.1", api.port());
        OutputStream output = socket.getOutputStream();
        output.write(("GET /v1/events/export HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: " + coding
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static final class Received {
        private long bytes;
        private long peakHeap;
        private String end = "";
    }
}
