package dev.millrace.query.http;

import io.javalin.http.Handler;
import io.javalin.router.Endpoint;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Bounds how many requests are worked on, from the first line of their route to the last byte of their
 * answer, and for how long each. Who comes on top is refused at once: a queue would only make all of them
 * late. Thread-safe.
 */
final class RequestLimit {
    /** What must answer also when everything else is full; bounded apart, since it asks the database too. */
    private static final Set<String> PROBES = Set.of("/health/live", "/health/ready", "/metrics");

    private static final int MOST_PROBES = 16;

    private final Semaphore requests;
    private final AnswerTime time;
    private final Semaphore probes = new Semaphore(MOST_PROBES);

    /**
     * @param most at least 1
     * @param time how long each may take, but for exports
     */
    RequestLimit(int most, AnswerTime time) {
        this.requests = new Semaphore(most);
        this.time = time;
    }

    /** The most requests that can be at work together, of all kinds. */
    static int mostAtOnce(int most) {
        return most + MOST_PROBES;
    }

    /** A route's handler, bounded. */
    Handler around(Endpoint endpoint) {
        // A stream holds no thread, and has a limit of its own.
        if (!endpoint.method.isHttpMethod() || endpoint.path.equals(StreamEndpoint.PATH)) {
            return endpoint.handler;
        }
        Semaphore places = PROBES.contains(endpoint.path) ? probes : requests;
        // An export is as long as its client lets it be, and has a number of places of its own.
        boolean timed = !endpoint.path.equals(ExportEndpoint.PATH);
        return context -> {
            Request request = ServletContextRequest.getServletContextRequest(context.req());
            take(places, request);
            if (timed) {
                time.begin(request);
            }
            endpoint.handler.handle(context);
        };
    }

    private static void take(Semaphore places, Request request) {
        if (!places.tryAcquire()) {
            throw new ProblemException(new Problem(
                    ProblemType.TOO_MANY_REQUESTS, "more requests came at a time than are worked on, try again"));
        }
        Request.addCompletionListener(request, failure -> places.release());
    }
}
