package dev.millrace.ingest.publish;

import dev.millrace.schemas.event.InvalidEventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Publishes NDJSON: one event a line, one receipt or error each, both in input order. A bad line costs
 * nothing but itself; blank lines are skipped. Memory is bounded, however long the input or one of its
 * lines is. One input at a time.
 */
public final class LinePublisher {
    /** Far more than an event within the limits needs, white space included. */
    static final int MAX_LINE_BYTES = 4 << 20;

    private final EventPublisher publisher;
    private final EventLineReader reader;
    private final Consumer<Receipt> receipts;
    private final Consumer<LineError> errors;
    private final Consumer<PublishReport> progress;

    /**
     * The three receivers are called by one thread, not the caller's, in the order of the lines. What
     * they throw ends the work and reaches the caller of {@link #publish}.
     *
     * @param publisher stays open
     * @param progress gets the counts so far, after each receipt or error
     */
    public LinePublisher(
            EventPublisher publisher,
            EventLineReader reader,
            Consumer<Receipt> receipts,
            Consumer<LineError> errors,
            Consumer<PublishReport> progress) {
        this.publisher = publisher;
        this.reader = reader;
        this.receipts = receipts;
        this.errors = errors;
        this.progress = progress;
    }

    /**
     * Publishes the whole input and waits for the last acknowledgement.
     *
     * @param input stays open
     * @throws PublishException if Kafka is out of reach: no further lines are read, and what was
     *     published before has its receipt or error by then
     * @throws UncheckedIOException if the input cannot be read; the same holds
     */
    public PublishReport publish(InputStream input) {
        ResultsInOrder results = new ResultsInOrder(receipts, errors, progress);
        InputLines lines = new InputLines(input, MAX_LINE_BYTES);
        try {
            for (InputLines.Line line = lines.next(); line != null; line = lines.next()) {
                if (results.isStopped()) {
                    break;
                }
                if (!line.isBlank()) {
                    results.add(line.number(), publish(line));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the input cannot be read", unreadable);
        } finally {
            results.end();
        }
        return results.report();
    }

    private CompletableFuture<Receipt> publish(InputLines.Line line) {
        byte[] bytes = line.bytes();
        if (bytes == null) {
            return CompletableFuture.failedFuture(new InvalidLineException("longer than " + MAX_LINE_BYTES + " bytes"));
        }
        try {
            return publisher.publish(reader.read(bytes));
        } catch (InvalidLineException | InvalidEventException invalid) {
            return CompletableFuture.failedFuture(invalid);
        }
    }
}
