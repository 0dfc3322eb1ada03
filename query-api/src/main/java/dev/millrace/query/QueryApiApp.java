package dev.millrace.query;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.millrace.query.http.ApiServer;
import dev.millrace.query.http.ServerRules;
import dev.millrace.query.http.SseFormat;
import dev.millrace.query.metrics.ApiMetrics;
import dev.millrace.query.read.EventExporter;
import dev.millrace.query.read.EventReader;
import dev.millrace.query.read.HistoryReader;
import dev.millrace.query.read.Replica;
import dev.millrace.query.read.TailReader;
import dev.millrace.query.read.Ticker;
import dev.millrace.query.tail.EventTail;
import dev.millrace.query.tail.StreamLimits;
import dev.millrace.query.tail.TailObserver;
import dev.millrace.schemas.access.AccessCheck;
import dev.millrace.schemas.access.AccessSetup;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running query API. */
public final class QueryApiApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryApiApp.class);

    private final ApiMetrics metrics;
    private final Replica replica;
    private final EventExporter exporter;
    private final EventTail tail;
    private final ApiServer server;

    private QueryApiApp(QueryApiSettings settings, StreamLimits streams) {
        Ticker ticker = Ticker.system();
        // First: what is refused here leaves nothing behind.
        AccessCheck access =
                new AccessSetup("query-api", settings.host(), settings.apiKeysFile()).open(ticker::nanoTime);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics = new ApiMetrics(registry);
        replica = Replica.at(settings.readerUrl(), settings.poolSize(), new MicrometerMetricsTrackerFactory(registry));
        EventReader reader = new EventReader(replica, ticker, metrics::visibleAfter);
        exporter = new EventExporter(replica, ticker, settings.limits().exports());
        tail = new EventTail(
                new TailReader(replica),
                new HistoryReader(reader),
                new SseFormat(),
                streams,
                ticker,
                new TailObserver(metrics::tailRead, metrics::streamDropped));
        metrics.streams(tail::open);
        server = new ApiServer(
                reader,
                exporter,
                tail,
                replica,
                new ServerRules(
                        settings.requireReplica(),
                        access,
                        settings.limits().requests(),
                        settings.limits().streams()),
                metrics);
    }

    /**
     * Starts, also while the database is down: {@code /health/ready} says so until it is there.
     *
     * @throws dev.millrace.schemas.access.AccessSetupException if the API keys cannot be used, or there are
     *     none where there must be; nothing was started then
     * @throws RuntimeException if the port is taken; nothing is left running then
     */
    public static QueryApiApp start(QueryApiSettings settings) {
        return start(settings, StreamLimits.of(settings.limits().streams()));
    }

    /** The same, with other limits of streams than the usual ones. */
    static QueryApiApp start(QueryApiSettings settings, StreamLimits streams) {
        QueryApiApp app = new QueryApiApp(settings, streams);
        try {
            app.server.start(settings.host(), settings.port());
        } catch (RuntimeException failure) {
            app.close();
            throw failure;
        }
        LOG.info("query API started: host={} port={}", settings.host(), app.port());
        return app;
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** What is answered, as {@code GET /path/{parameter}}. */
    List<String> routes() {
        return server.routes();
    }

    /** In reverse order of the start: no request finds its connections gone. */
    @Override
    public void close() {
        try (metrics;
                replica;
                exporter;
                server;
                tail) {
            LOG.info("query API stops");
        }
    }
}
