package dev.millrace.query.http;

import dev.millrace.query.read.EventExport;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to an export, written while it is read: one chunk goes to the client while the next one
 * comes from the database. Once it has begun it cannot turn into a problem any more: what goes wrong
 * then cuts the connection, and the client misses the last line. For one thread.
 */
final class ExportResponse {
    private static final Logger LOG = LoggerFactory.getLogger(ExportResponse.class);

    private final Context context;
    private final EventExport export;
    private final ExportHead head;
    private EventLines lines = new EventLines();
    private EventLines spare = new EventLines();
    private long count;

    ExportResponse(Context context, EventExport export) {
        this.context = context;
        this.export = export;
        this.head = ExportHead.of(context, export.through());
    }

    /**
     * Returns when the last line was written, or the connection cut.
     *
     * @throws RuntimeException if nothing was sent, so that there can be another answer
     */
    void send() {
        await(export.readInto(lines));
        try {
            head.applyTo(context);
            body();
        } catch (IOException gone) {
            LOG.info("export ended by its client: events={} reason={}", count, gone.toString());
            cut();
        } catch (RuntimeException | Error failure) {
            LOG.warn("export cut: events={}", count, failure);
            cut();
        }
    }

    private void body() throws IOException {
        // Not Javalin's stream, which would choose how to compress.
        OutputStream plain = context.res().getOutputStream();
        if (!head.compressed()) {
            lines(plain);
            return;
        }
        QuickGzip gzip = new QuickGzip(plain);
        try {
            lines(gzip);
            gzip.finish();
        } finally {
            gzip.discard();
        }
    }

    private void lines(OutputStream output) throws IOException {
        while (true) {
            boolean last = export.isFinished();
            @Nullable Future<?> next = last ? null : export.readInto(spare);
            lines.writeTo(output);
            count += lines.count();
            if (next == null) {
                break;
            }
            // Also without a line, so that the client learns that its export has begun.
            output.flush();
            await(next);
            EventLines written = lines;
            lines = spare;
            spare = written;
        }
        output.write(("{\"_end\":true,\"count\":" + count + "}\n").getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Without the end of the body, which a client would take for the end of the export. Not by way of the
     * servlet, whose failure Javalin would report as one of its own.
     */
    private void cut() {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    private static void await(Future<?> reading) {
        try {
            reading.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopping);
        }
    }
}
