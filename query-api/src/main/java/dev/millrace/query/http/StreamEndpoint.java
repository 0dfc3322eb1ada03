package dev.millrace.query.http;

import dev.millrace.query.tail.EventTail;
import dev.millrace.query.tail.Opening;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code GET /v1/events/stream}: events as they come. No thread waits for a client. */
final class StreamEndpoint implements AutoCloseable {
    static final String PATH = "/v1/events/stream";

    private final EventTail tail;
    private final ExecutorService writers;

    StreamEndpoint(EventTail tail) {
        this.tail = tail;
        AtomicInteger number = new AtomicInteger();
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        writers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "stream-writer-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    void handle(Context context) {
        StreamRequest request = request(context);
        context.future(() -> {
            // A stream has no end that could be waited for, and its beginning has a limit of its own.
            context.req().getAsyncContext().setTimeout(0);
            return tail.open(request.filter(), request.start()).thenCompose(opening -> answer(context, opening));
        });
    }

    /** What a stream begins with; none is opened, so whether there is room for it is not asked. */
    void head(Context context) {
        request(context);
        applyHead(context);
        HeadOnly.send(context);
    }

    private static StreamRequest request(Context context) {
        List<String> lastEventIds = Collections.list(context.req().getHeaders(StreamRequest.LAST_EVENT_ID));
        return StreamRequest.read(new Parameters(context.queryString()), lastEventIds);
    }

    private static void applyHead(Context context) {
        context.contentType("text/event-stream")
                .header("Cache-Control", "no-cache")
                .header("X-Accel-Buffering", "no");
    }

    private CompletableFuture<Void> answer(Context context, Opening opening) {
        if (!(opening instanceof Opening.Opened opened)) {
            throw new ProblemException(problem(opening));
        }
        try {
            applyHead(context);
            StreamConnection connection =
                    new StreamConnection(opened.subscription(), context.res().getOutputStream(), writers);
            return connection.start(context.req(), tail.limits().stall().multipliedBy(2));
        } catch (IOException | RuntimeException gone) {
            opened.subscription().close();
            return CompletableFuture.failedFuture(gone);
        }
    }

    private static Problem problem(Opening opening) {
        if (opening instanceof Opening.Refused refused) {
            return new Problem(ProblemType.TOO_MANY_STREAMS, refused.reason());
        }
        if (opening instanceof Opening.NotYetVisible late) {
            return new Problem(
                    ProblemType.NOT_YET_VISIBLE,
                    "what the cursor has seen has not reached the replica",
                    List.of(),
                    late.completeThrough());
        }
        return new Problem(ProblemType.GONE, ((Opening.Gone) opening).reason());
    }

    /** When no stream is open any more. */
    @Override
    public void close() {
        writers.shutdown();
    }
}
