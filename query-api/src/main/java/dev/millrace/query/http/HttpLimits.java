package dev.millrace.query.http;

import dev.millrace.query.read.Ticker;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;

/**
 * What a client can take of the server: places, threads, connections, bytes and time.
 *
 * @param requests most requests that are worked on at a time
 * @param streams most streams that are open beside them, each a connection
 * @param head longest that the first line and the headers of a request may take
 * @param answer longest that a request may take from its route to the last byte of its answer; one that waits, and
 *     a page that is as large as can be, have to fit; not for exports and streams
 * @param idle how long nothing may move on a connection; a stream's heartbeat has to be faster
 */
record HttpLimits(int requests, int streams, Duration head, Duration answer, Duration idle) {
    /** Largest body. A larger one takes a reason that somebody can name. */
    static final int BODY_BYTES = 1 << 20;

    /** Longest that a body may take. */
    static final Duration BODY_TIME = Duration.ofSeconds(10);

    /** Largest first line with headers; a cursor of many partitions has to fit. */
    private static final int HEAD_BYTES = 1 << 14;

    /** Most connections that are no streams, idle ones among them. */
    private static final int MORE_CONNECTIONS = 1_000;

    /** For the server's own work, and to refuse what is too much. */
    private static final int MORE_THREADS = 16;

    private static final int LEAST_THREADS = 8;
    private static final int THREAD_IDLE_MILLIS = 60_000;

    /** What holds outside of tests. */
    static HttpLimits of(int requests, int streams) {
        return new HttpLimits(
                requests, streams, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));
    }

    /** Before the routes are added. */
    void applyTo(JavalinConfig config) {
        config.http.maxRequestSize = BODY_BYTES;
        config.jetty.threadPool = threads();
        config.jetty.modifyHttpConfiguration(HttpLimits::configure);
        config.jetty.modifyServer(this::configure);
        config.router.handlerWrapper(new RequestLimit(requests, new AnswerTime(answer))::around);
    }

    private ThreadPool threads() {
        // Its queue has no bound of its own, as Jetty wants it: connections have one.
        QueuedThreadPool threads = new QueuedThreadPool(
                RequestLimit.mostAtOnce(requests) + MORE_THREADS, LEAST_THREADS, THREAD_IDLE_MILLIS);
        threads.setName("http");
        return threads;
    }

    private static void configure(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEAD_BYTES);
    }

    private void configure(Server server) {
        server.setErrorHandler(new ServerErrors());
        server.addBean(new NetworkConnectionLimit(streams + MORE_CONNECTIONS, server));
        // Only then are the connectors there.
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                for (Connector each : server.getConnectors()) {
                    configure((AbstractConnector) each);
                }
            }
        });
    }

    private void configure(AbstractConnector connector) {
        connector.setIdleTimeout(idle.toMillis());
        SlowHeads slowHeads = new SlowHeads(head, Ticker.system()::nanoTime);
        connector.addEventListener(slowHeads);
        connector.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle started) {
                slowHeads.watch(connector.getScheduler());
            }
        });
    }
}
