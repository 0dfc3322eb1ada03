package dev.millrace.query.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts connections whose answer is not taken in time. The server's own timeout begins anew with each byte that a
 * client takes, so a client that sips could hold a place for hours. Thread-safe.
 *
 * @param limit from the first line of a route to the last byte of its answer
 */
record AnswerTime(Duration limit) {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerTime.class);

    /** Begins now; ends with the answer. */
    void begin(Request request) {
        Scheduler.Task cut = request.getComponents()
                .getScheduler()
                .schedule(() -> cut(request), limit.toMillis(), TimeUnit.MILLISECONDS);
        Request.addCompletionListener(request, failure -> cut.cancel());
    }

    private void cut(Request request) {
        LOG.info("connection cut, its answer was taken too slowly: limitMs={}", limit.toMillis());
        request.getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close(new TimeoutException("answer not taken in time"));
    }
}
