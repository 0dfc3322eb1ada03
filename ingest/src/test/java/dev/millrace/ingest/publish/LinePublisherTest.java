package dev.millrace.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.millrace.ingest.publish.PublishException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LinePublisherTest {
    private final HeldProducer producer = new HeldProducer();
    private final EventPublisher events = new EventPublisher(producer, 1_000);
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<PublishReport> progress = new CopyOnWriteArrayList<>();
    private final LinePublisher publisher = new LinePublisher(
            events,
            new EventLineReader(Clock.systemUTC()),
            receipt -> output.add("offset " + receipt.position().offset()),
            error -> output.add(error.toString()),
            progress::add);

    @Test
    void badLinesAreReportedAndTheRestGoesThrough() {
        // Given
        producer.answerAtOnce();
        String tooLong = "x".repeat(LinePublisher.MAX_LINE_BYTES + 1);
        String input = line("{}") + "{\"payload\":\n\n" + line("{\"a\":1,\"a\":2}") + tooLong + "\n" + line("{}");
        // When
        PublishReport report = publisher.publish(stream(input));
        // Then
        assertThat(report).isEqualTo(new PublishReport(2, 3));
        assertThat(output).hasSize(5);
        assertThat(output.get(0)).isEqualTo("offset 0");
        assertThat(output.get(1)).startsWith("line 2: not JSON");
        assertThat(output.get(2)).startsWith("line 4: duplicate_key: payload");
        assertThat(output.get(3)).isEqualTo("line 5: longer than 4194304 bytes");
        assertThat(output.get(4)).isEqualTo("offset 1");
        assertThat(progress).hasSize(5).endsWith(report);
    }

    @Test
    void emptyInputIsAllWell() {
        // When
        PublishReport report = publisher.publish(stream("\n  \n"));
        // Then
        assertThat(report.exitCode()).isZero();
        assertThat(output).isEmpty();
    }

    @Test
    void receiptsKeepTheOrderOfTheLinesWhateverTheOrderOfTheAcknowledgements() {
        // Given
        CompletableFuture<PublishReport> report = start(stream(line("{}") + line("{}") + "bad\n" + line("{}")));
        await().until(() -> producer.records().size() == 3);
        // When
        producer.acknowledge(2);
        producer.acknowledge(1);
        // Then
        assertThat(output).isEmpty();
        producer.acknowledge(0);
        assertThat(report.join()).isEqualTo(new PublishReport(3, 1));
        assertThat(output).hasSize(4);
        assertThat(output.get(2)).startsWith("line 3: ");
        assertThat(output).element(0).isEqualTo("offset 0");
        assertThat(output).element(1).isEqualTo("offset 1");
        assertThat(output).element(3).isEqualTo("offset 2");
    }

    @Test
    void receiptComesWhileTheInputIsStillOpen() throws IOException {
        // Given
        producer.answerAtOnce();
        try (PipedOutputStream writer = new PipedOutputStream()) {
            CompletableFuture<PublishReport> report = start(new PipedInputStream(writer));
            // When
            writer.write(line("{}").getBytes(StandardCharsets.UTF_8));
            writer.flush();
            // Then
            await().untilAsserted(() -> assertThat(output).containsExactly("offset 0"));
            assertThat(report).isNotDone();
        }
    }

    @Test
    void refusedEventCostsOnlyItself() {
        // Given
        CompletableFuture<PublishReport> report = start(stream(line("{}") + line("{}")));
        await().until(() -> producer.records().size() == 2);
        // When
        producer.fail(0, new RecordTooLargeException("too large"));
        producer.acknowledge(1);
        // Then
        assertThat(report.join()).isEqualTo(new PublishReport(1, 1));
        assertThat(output.get(0)).startsWith("line 1: event ").contains("too large");
        assertThat(output.get(1)).isEqualTo("offset 1");
    }

    @Test
    void outageEndsTheWorkAfterEverythingInFlightIsReported() {
        // Given
        CompletableFuture<PublishReport> report = start(stream(line("{}") + line("{}") + line("{}")));
        await().until(() -> producer.records().size() == 3);
        // When
        producer.acknowledge(2);
        producer.fail(0, new TimeoutException("expired"));
        producer.fail(1, new TimeoutException("expired"));
        // Then
        PublishException thrown =
                (PublishException) catchThrowable(report::join).getCause();
        assertThat(thrown.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(thrown).hasMessageContaining("accepted=1 failed=2").hasMessageContaining("expired");
        assertThat(output).hasSize(3).endsWith("offset 2");
    }

    @Test
    void nothingIsReadAfterAnOutage() {
        // Given
        producer.failNextSend(new TimeoutException("no metadata"));
        producer.answerAtOnce();
        InputStream endless = new EndlessLines(line("{}"));
        // When
        PublishException thrown = catchThrowableOfType(PublishException.class, () -> publisher.publish(endless));
        // Then
        assertThat(thrown.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(output.get(0)).startsWith("line 1: event ");
    }

    @Test
    void outputThatFailsEndsTheWork() {
        // Given
        producer.answerAtOnce();
        LinePublisher broken = new LinePublisher(
                events,
                new EventLineReader(Clock.systemUTC()),
                receipt -> {
                    output.add("tried");
                    throw new UncheckedIOException(new IOException("broken pipe"));
                },
                error -> output.add(error.toString()),
                progress::add);
        // When
        Throwable thrown = catchThrowable(() -> broken.publish(new EndlessLines(line("{}"))));
        // Then
        assertThat(thrown).hasMessageContaining("broken pipe");
        assertThat(output).containsExactly("tried");
        assertThat(progress).isEmpty();
    }

    @Test
    void inputThatFailsLeavesNothingUnreported() {
        // Given
        producer.answerAtOnce();
        InputStream failing = new SequenceInputStream(stream(line("{}")), new FailingInput());
        // When
        Throwable thrown = catchThrowable(() -> publisher.publish(failing));
        // Then
        assertThat(thrown).isInstanceOf(UncheckedIOException.class).hasMessageContaining("input");
        assertThat(output).containsExactly("offset 0");
    }

    @Test
    void moreLinesThanMayWaitGoThrough() {
        // Given
        producer.answerAtOnce();
        String input = line("{}").repeat(25_000);
        // When
        PublishReport report = publisher.publish(stream(input));
        // Then
        assertThat(report).isEqualTo(new PublishReport(25_000, 0));
        assertThat(output).hasSize(25_000).startsWith("offset 0", "offset 1").endsWith("offset 24999");
    }

    private CompletableFuture<PublishReport> start(InputStream input) {
        return CompletableFuture.supplyAsync(() -> publisher.publish(input));
    }

    private static String line(String payload) {
        return "{\"event_type\":\"t\",\"payload\":" + payload + "}\n";
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same line for ever. */
    private static final class EndlessLines extends InputStream {
        private final byte[] line;
        private int position;

        EndlessLines(String line) {
            this.line = line.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            return line[Math.floorMod(position++, line.length)];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = Math.min(length, 1_000);
            for (int index = 0; index < count; index++) {
                buffer[offset + index] = (byte) read();
            }
            return count;
        }
    }

    private static final class FailingInput extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("disk on fire");
        }
    }
}
