package dev.millrace.query.http;

import java.time.Duration;
import org.eclipse.jetty.io.Connection;

/** Looks at one connection for a request whose headers are on their way. Not thread-safe. */
final class HeadWatch {
    private final Connection connection;
    private long requests;
    private long bytes;
    private boolean begun;
    private long begunNanos;

    HeadWatch(Connection connection) {
        this.connection = connection;
    }

    /** Whether headers began to come this long ago, as far as earlier looks can tell, and are not complete. */
    boolean isSlow(long nowNanos, Duration limit) {
        long requestsNow = connection.getMessagesIn();
        long bytesNow = connection.getBytesIn();
        if (requestsNow != requests || connection.getMessagesOut() < requestsNow) {
            // A request came in complete, or is being answered: what moves belongs to that.
            requests = requestsNow;
            bytes = bytesNow;
            begun = false;
            return false;
        }
        if (!begun && bytesNow > bytes) {
            begun = true;
            begunNanos = nowNanos;
        }
        return begun && nowNanos - begunNanos >= limit.toNanos();
    }

    void close() {
        connection.getEndPoint().close();
    }
}
