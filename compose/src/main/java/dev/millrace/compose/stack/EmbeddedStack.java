package dev.millrace.compose.stack;

import dev.millrace.compose.process.ChildCommand;
import dev.millrace.compose.process.Readiness;
import dev.millrace.compose.process.SupervisedChild;
import dev.millrace.compose.process.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/**
 * A whole Millrace on this machine. Start it once; close it at any moment and from any thread, also
 * while it starts.
 */
public final class EmbeddedStack implements AutoCloseable {
    /** A thread per task: they wait for processes, they do not compute. */
    private static final Executor BESIDE = task -> {
        Thread thread = new Thread(task, "start");
        thread.setDaemon(true);
        thread.start();
    };

    private final StackDirectory directory;
    private final Ports ports;
    private final Progress progress;
    private final DirectoryClaim claim;
    private final Supervisor supervisor;
    private final Launch launch;
    private final EnvironmentFile environment;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<SupervisedChild> sinks = new CopyOnWriteArrayList<>();
    private boolean closing;

    private EmbeddedStack(StackDirectory directory, Ports ports, Progress progress, DirectoryClaim claim) {
        this.directory = directory;
        this.ports = ports;
        this.progress = progress;
        this.claim = claim;
        this.supervisor = new Supervisor(directory.logs(), directory.children(), progress::say);
        this.launch = new Launch(supervisor, progress);
        this.environment = new EnvironmentFile(directory.environment());
    }

    /**
     * Claims a directory, ends what a killed run left there, and looks for free ports; starts nothing
     * yet.
     *
     * @param fresh whether to delete what is in the directory
     * @throws StackException if the directory or a port is not to be had
     */
    public static EmbeddedStack claim(StackDirectory directory, Ports ports, boolean fresh, Progress progress) {
        try {
            DirectoryClaim claim = DirectoryClaim.of(directory, fresh, progress::say);
            try {
                FreePorts.require(ports);
                return new EmbeddedStack(directory, ports, progress, claim);
            } catch (RuntimeException failure) {
                claim.close();
                throw failure;
            }
        } catch (IOException | RuntimeException failure) {
            throw new StartFailure(directory.root()).explain(failure);
        }
    }

    /**
     * Starts everything; returns when all of it is ready and {@code DIR/env} says so.
     *
     * @return what {@code DIR/env} says
     * @throws StackException if something does not start; close it then
     * @throws CancellationException if it was closed meanwhile
     */
    public Map<String, String> start() {
        return start(List.of(SinkChild.usual(ports)));
    }

    /**
     * As {@link #start()}, with other sinks than the usual one.
     *
     * @param sinks with different names and ports
     */
    public Map<String, String> start(List<SinkChild> sinks) {
        try {
            List<String> commandPrefix = ServerUser.commandPrefix();
            Secrets secrets = new Secrets(directory.secrets());
            secrets.complete();
            Distribution distribution = Distribution.ofThisProgram();
            CompletableFuture<Void> topics = startBroker(distribution);
            new DatabaseStart(directory, ports, secrets, launch).run(commandPrefix);
            topics.join();
            startServices(distribution, sinks);
            return publish();
        } catch (CompletionException failure) {
            throw explained(failure.getCause() == null ? failure : failure.getCause());
        } catch (Exception failure) {
            throw explained(failure);
        }
    }

    /** Stops the sinks of a started stack, waits for their ends, and keeps them stopped until they are released. */
    public void holdSinks() {
        sinks.forEach(SupervisedChild::hold);
    }

    /** Starts the sinks again; being ready takes them longer. */
    public void releaseSinks() {
        sinks.forEach(SupervisedChild::release);
    }

    /** Waits until it is closed. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Stops everything in reverse order; returns when all has ended. May be called again. */
    @Override
    public void close() {
        try {
            synchronized (this) {
                closing = true;
                environment.delete();
            }
            supervisor.close();
            claim.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            closed.countDown();
        }
    }

    /** Starts it now; the rest happens beside the databases' start. */
    private CompletableFuture<Void> startBroker(Distribution distribution) throws IOException {
        Broker broker = new Broker(directory.kafka(), ports);
        SupervisedChild child = launch.begin(broker.prepare(distribution));
        return CompletableFuture.runAsync(
                () -> {
                    launch.awaitReady(child, broker.readiness());
                    int made = Topics.complete(broker.bootstrapServers());
                    if (made > 0) {
                        progress.say("topics made: " + made);
                    }
                },
                BESIDE);
    }

    private void startServices(Distribution distribution, List<SinkChild> wanted) throws IOException {
        StackSettings settings = new StackSettings(directory);
        Map<SinkChild, SupervisedChild> started = new LinkedHashMap<>();
        for (SinkChild sink : wanted) {
            List<String> options = JavaOptions.sink(sink.jvmOptions(), System.getenv());
            ChildCommand command = distribution.service(sink.name(), "sink", options, settings.ofSink(ports, sink));
            started.put(sink, launch.begin(command));
        }
        sinks.addAll(started.values());
        SupervisedChild queryApi = launch.begin(
                distribution.service("query-api", "query-api", JavaOptions.QUERY_API, settings.ofQueryApi(ports)));
        started.forEach((sink, child) -> launch.awaitReady(child, healthy(sink.port())));
        launch.awaitReady(queryApi, healthy(ports.queryApi()));
    }

    private synchronized Map<String, String> publish() throws IOException {
        if (closing) {
            throw new CancellationException("closed");
        }
        Map<String, String> settings = new StackSettings(directory).ofStack(ports);
        environment.write(settings);
        return settings;
    }

    private synchronized RuntimeException explained(Throwable failure) {
        if (closing || failure instanceof CancellationException) {
            return new CancellationException("closed");
        }
        return new StartFailure(directory.root()).explain(failure);
    }

    private static Readiness healthy(int port) {
        return Readiness.http(URI.create("http://" + Ports.HOST + ":" + port + "/health/ready"));
    }
}
