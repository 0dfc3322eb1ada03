package dev.millrace.query.http;

import dev.millrace.query.metrics.ApiMetrics;
import dev.millrace.query.read.EventExporter;
import dev.millrace.query.read.EventLookup;
import dev.millrace.query.read.EventReader;
import dev.millrace.query.read.ReceiptReader;
import dev.millrace.query.read.Replica;
import dev.millrace.query.read.StatsReader;
import dev.millrace.query.read.StatusReader;
import dev.millrace.query.tail.EventTail;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.router.Endpoint;
import java.time.Duration;
import java.util.List;

/** The HTTP server with all its routes. Answers from the moment it is started until it is closed. */
public final class ApiServer implements AutoCloseable {
    private final EventsEndpoint events;
    private final EventEndpoint event;
    private final ExportEndpoint export;
    private final ReceiptEndpoint receipt;
    private final StatsEndpoint stats;
    private final StreamEndpoint stream;
    private final StatusEndpoint status;
    private final HealthEndpoint health;
    private final DescriptionEndpoint description = new DescriptionEndpoint();
    private final ServerRules rules;
    private final ApiMetrics metrics;
    private final Javalin server;

    /**
     * @param rules who is answered, and how many at a time
     */
    public ApiServer(
            EventReader reader,
            EventExporter exporter,
            EventTail tail,
            Replica replica,
            ServerRules rules,
            ApiMetrics metrics) {
        StatusReader statusReader = new StatusReader(replica);
        this.events = new EventsEndpoint(reader);
        this.event = new EventEndpoint(new EventLookup(replica));
        this.export = new ExportEndpoint(exporter);
        this.stream = new StreamEndpoint(tail);
        this.receipt = new ReceiptEndpoint(new ReceiptReader(replica));
        this.stats = new StatsEndpoint(new StatsReader(replica));
        this.status = new StatusEndpoint(statusReader);
        this.health = new HealthEndpoint(statusReader, rules.requireReplica());
        this.rules = rules;
        this.metrics = metrics;
        this.server = Javalin.create(this::configure);
    }

    /**
     * Listens; returns when requests are accepted.
     *
     * @param port 0 for any that is free
     * @throws RuntimeException if the address cannot be had
     */
    public void start(String host, int port) {
        server.start(host, port);
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** What is answered, as {@code GET /path/{parameter}}, to be compared with what is described. */
    public List<String> routes() {
        return server.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .toList();
    }

    @Override
    public void close() {
        try (stream) {
            server.stop();
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        HttpLimits.of(rules.maxRequests(), rules.maxStreams()).applyTo(config);
        config.requestLogger.http((context, milliseconds) -> record(context, milliseconds));
        config.routes.before(new AccessGuard(rules.access()));
        routes(config.routes);
        Failures.register(config.routes);
        config.router.javaLangErrorHandler(Failures::fatal);
    }

    private void routes(RoutesConfig routes) {
        answer(routes, "/v1/events", events::get);
        routes.post("/v1/events/query", events::post);
        answer(routes, ExportEndpoint.PATH, export::handle);
        routes.get(StreamEndpoint.PATH, stream::handle);
        routes.head(StreamEndpoint.PATH, stream::head);
        answer(routes, "/v1/events/{" + EventEndpoint.EVENT_ID + "}", event::handle);
        answer(routes, "/v1/receipts/{" + ReceiptEndpoint.POSITION + "}", receipt::handle);
        answer(routes, "/v1/stats", stats::handle);
        answer(routes, "/v1/status", status::handle);
        answer(routes, "/health/live", health::live);
        answer(routes, "/health/ready", health::ready);
        answer(
                routes,
                "/metrics",
                context -> context.contentType(ApiMetrics.CONTENT_TYPE).result(metrics.scrape()));
        answer(routes, "/openapi.yaml", description::handle);
    }

    /** HEAD goes the same way: the server sends all of the answer but its body. */
    private static void answer(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    /** Tags come from our routes alone: paths and methods of a client have no bound. */
    private void record(Context context, float milliseconds) {
        Endpoint route = context.endpoints().matchedHttpEndpoint();
        String method = route == null ? "unmatched" : route.method.name();
        String template = route == null ? "unmatched" : route.path;
        metrics.request(method, template, context.statusCode(), Duration.ofNanos((long) (milliseconds * 1e6)));
    }
}
