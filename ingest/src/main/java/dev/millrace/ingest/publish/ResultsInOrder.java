package dev.millrace.ingest.publish;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes on receipts and errors in the order of the lines, each as soon as it and all before it are
 * there. It has a thread of its own, so that the reader of the lines may wait for input and Kafka's
 * thread never waits for a slow output. One thread adds and ends; the receivers are called on the
 * thread of this object.
 */
final class ResultsInOrder {
    /** Small objects: the events themselves are bounded by the publisher. */
    private static final int CAPACITY = 10_000;

    /** Marks the end of the queue. */
    private static final Result END = new Result(0, new CompletableFuture<>());

    /** A line and what becomes of it. */
    private record Result(long line, CompletableFuture<Receipt> receipt) {}

    private final BlockingQueue<Result> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread thread = new Thread(this::run, "publish-results");
    private final Consumer<Receipt> receipts;
    private final Consumer<LineError> errors;
    private final Consumer<PublishReport> progress;
    private long accepted;
    private long failed;
    private volatile @Nullable PublishException outage;
    private volatile @Nullable RuntimeException outputFailure;

    ResultsInOrder(Consumer<Receipt> receipts, Consumer<LineError> errors, Consumer<PublishReport> progress) {
        this.receipts = receipts;
        this.errors = errors;
        this.progress = progress;
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits while very many results are outstanding. */
    void add(long line, CompletableFuture<Receipt> receipt) {
        put(new Result(line, receipt));
    }

    /** Whether publishing more is pointless: Kafka does not answer, or nobody takes the results. */
    boolean isStopped() {
        return outage != null || outputFailure != null;
    }

    /** Waits until everything that was added is passed on. */
    void end() {
        put(END);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What came of it; to be asked after {@link #end}.
     *
     * @throws PublishException if Kafka was out of reach
     * @throws RuntimeException what the receiver of results has thrown
     */
    PublishReport report() {
        if (outputFailure != null) {
            throw outputFailure;
        }
        if (outage != null) {
            throw new PublishException(
                    outage.kind(), "gave up after accepted=" + accepted + " failed=" + failed, outage);
        }
        return new PublishReport(accepted, failed);
    }

    /** A result that was published must not get lost, so an interrupt is only remembered. */
    private void put(Result result) {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                queue.put(result);
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (Result next = queue.take(); next != END; next = queue.take()) {
                if (outputFailure == null) {
                    passOn(next);
                }
            }
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("nobody interrupts this thread", impossible);
        }
    }

    private void passOn(Result result) {
        Receipt receipt = null;
        Throwable failure = null;
        try {
            receipt = result.receipt().join();
        } catch (CompletionException failed) {
            failure = failed.getCause() == null ? failed : failed.getCause();
        }
        try {
            if (failure == null) {
                accepted++;
                receipts.accept(receipt);
            } else {
                failed++;
                errors.accept(new LineError(result.line(), String.valueOf(failure.getMessage())));
            }
            progress.accept(new PublishReport(accepted, failed));
        } catch (RuntimeException rejected) {
            // Kept for the caller; the queue is still emptied, so that adding never blocks for ever.
            outputFailure = rejected;
        }
        noteOutage(failure);
    }

    private void noteOutage(@Nullable Throwable failure) {
        if (outage == null
                && failure instanceof PublishException problem
                && problem.kind() != PublishException.Kind.REFUSED) {
            outage = problem;
        }
    }
}
