package dev.millrace.query.http;

import dev.millrace.query.tail.Outlet;
import dev.millrace.query.tail.Subscription;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits for one client as its socket takes it, and never waits for that. Everything that
 * touches the response happens in {@link #work}, by one thread at a time: whoever has a reason for it adds
 * to the reasons, and who added the first one works until none is left.
 */
final class StreamConnection implements Outlet, WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);

    private static final int SEND_BUFFER_BYTES = 1 << 18;

    private final Subscription subscription;
    private final ServletOutputStream output;
    private final Executor writers;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicInteger reasons = new AtomicInteger();
    private volatile boolean takesMore;
    private volatile boolean givenUp;
    private boolean unsent;

    StreamConnection(Subscription subscription, ServletOutputStream output, Executor writers) {
        this.subscription = subscription;
        this.output = output;
        this.writers = writers;
    }

    /**
     * Begins to send; the request is asynchronous already.
     *
     * @param patience the server must not end it for silence that is shorter than this
     * @return is completed when the stream is over, by the last thread that touched the response
     */
    CompletableFuture<Void> start(HttpServletRequest request, Duration patience) {
        prepare(
                ServletContextRequest.getServletContextRequest(request)
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint(),
                patience);
        output.setWriteListener(this);
        subscription.start(this);
        return over;
    }

    /** Unasked, the system keeps megabytes for a client that takes nothing, and that beside our own queue. */
    private static void prepare(EndPoint socket, Duration patience) {
        socket.setIdleTimeout(patience.toMillis());
        if (socket instanceof SocketChannelEndPoint plain) {
            try {
                plain.getChannel().setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            } catch (IOException gone) {
                LOG.debug("client has gone: reason={}", gone.toString());
            }
        }
    }

    @Override
    public void wake() {
        if (reasons.getAndIncrement() == 0) {
            try {
                writers.execute(this::work);
            } catch (RejectedExecutionException stopping) {
                work();
            }
        }
    }

    @Override
    public void abort() {
        givenUp = true;
        wake();
    }

    @Override
    public boolean isBlocked() {
        return !takesMore;
    }

    @Override
    public void onWritePossible() {
        takesMore = true;
        workNow();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("client has gone: reason={}", failure.toString());
        givenUp = true;
        workNow();
    }

    private void workNow() {
        if (reasons.getAndIncrement() == 0) {
            work();
        }
    }

    private void work() {
        int known = 1;
        while (known != 0) {
            try {
                send();
            } catch (IOException | RuntimeException failure) {
                LOG.debug("client has gone: reason={}", failure.toString());
                givenUp = true;
            }
            if (givenUp || (takesMore && !unsent && subscription.isOver())) {
                finish();
            }
            known = reasons.addAndGet(-known);
        }
    }

    /** Once {@code isReady} has said no, the next call is the server's, and until then nothing may be written. */
    private void send() throws IOException {
        while (takesMore && !givenUp) {
            byte[] portion = subscription.take();
            if (portion.length > 0) {
                output.write(portion);
                unsent = true;
            } else if (unsent) {
                output.flush();
                unsent = false;
            } else {
                return;
            }
            // In this order: the server may call before the answer is here.
            takesMore = false;
            if (output.isReady()) {
                takesMore = true;
            }
        }
    }

    /** What the socket has not taken is thrown away with the connection; all else is sent. */
    private void finish() {
        takesMore = false;
        givenUp = true;
        subscription.close();
        over.complete(null);
    }
}
