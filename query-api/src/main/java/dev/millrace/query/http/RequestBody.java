package dev.millrace.query.http;

import dev.millrace.query.read.Ticker;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * Reads the body of a request, as far as it is one that a request may have: bounded in bytes, whatever
 * its headers say, and in time, however it comes in. Not thread-safe.
 */
final class RequestBody {
    private static final int BUFFER_BYTES = 8_192;

    private final Context context;
    private final Duration limit;
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic time in nanoseconds */
    RequestBody(Context context, Duration limit, LongSupplier nanoTime) {
        this.context = context;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads all of it; empty if there is none.
     *
     * @throws ProblemException 413 if it has more than 1 MiB, 408 if it takes more than 10 s, 415 if it is
     *     compressed, 400 if it ends before it should
     */
    static byte[] read(Context context) {
        return new RequestBody(context, HttpLimits.BODY_TIME, Ticker.system()::nanoTime).read();
    }

    byte[] read() {
        requirePlain();
        if (context.req().getContentLengthLong() > HttpLimits.BODY_BYTES) {
            throw tooLarge();
        }
        EndPoint line = ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        long idleMillis = line.getIdleTimeout();
        try {
            return readWithin(line);
        } finally {
            line.setIdleTimeout(idleMillis);
        }
    }

    /** The connection's own timeout begins anew with each byte, so it is made shorter before each. */
    private byte[] readWithin(EndPoint line) {
        long begin = nanoTime.getAsLong();
        ByteArrayOutputStream body = new ByteArrayOutputStream(BUFFER_BYTES);
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            long leftMillis = limit.minusNanos(nanoTime.getAsLong() - begin).toMillis();
            if (leftMillis <= 0) {
                throw tooSlow();
            }
            line.setIdleTimeout(leftMillis);
            int count = next(buffer);
            if (count < 0) {
                return body.toByteArray();
            }
            if (body.size() + count > HttpLimits.BODY_BYTES) {
                throw tooLarge();
            }
            body.write(buffer, 0, count);
        }
    }

    private int next(byte[] buffer) {
        try {
            return context.req().getInputStream().read(buffer);
        } catch (IOException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof TimeoutException) {
                    throw tooSlow();
                }
            }
            throw ended(new Problem(ProblemType.BAD_REQUEST, "the body ends before it is complete"));
        }
    }

    private void requirePlain() {
        String encoding =
                Optional.ofNullable(context.header("Content-Encoding")).orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw ended(new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, "send the body as it is, not compressed"));
        }
    }

    private ProblemException tooLarge() {
        return ended(
                new Problem(ProblemType.CONTENT_TOO_LARGE, "a body has at most " + HttpLimits.BODY_BYTES + " bytes"));
    }

    private ProblemException tooSlow() {
        return ended(
                new Problem(ProblemType.REQUEST_TIMEOUT, "a body takes at most " + limit.toMillis() + " milliseconds"));
    }

    /** What is left of the body is not waited for. */
    private ProblemException ended(Problem problem) {
        context.header("Connection", "close");
        return new ProblemException(problem);
    }
}
