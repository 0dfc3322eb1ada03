package dev.millrace.compose.bench;

import dev.millrace.compose.process.RecordedProcesses;
import dev.millrace.compose.process.RunningProcess;
import dev.millrace.compose.stack.EmbeddedStack;
import dev.millrace.compose.stack.FreePorts;
import dev.millrace.compose.stack.Ports;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.stack.ServerSettings;
import dev.millrace.compose.stack.SinkChild;
import dev.millrace.compose.stack.StackDirectory;
import dev.millrace.compose.stack.StackSettings;
import dev.millrace.sink.batch.BatchLimits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A stack whose sink can be told when to run. Thread-safe. */
final class BenchStack implements AutoCloseable {
    private static final List<String> MEASURED = List.of("sink", "primary", "replica", "kafka", "query-api");
    private static final String THIS_PROGRAM = "bench";

    private final StackDirectory directory;
    private final Ports ports;
    private final EmbeddedStack stack;
    private final RecordedProcesses processes;

    /** Claims the directory and free ports; starts nothing yet. */
    BenchStack(StackDirectory directory, Progress progress) {
        this.directory = directory;
        ports = FreePorts.find();
        stack = EmbeddedStack.claim(directory, ports, false, progress);
        processes = new RecordedProcesses(directory.children());
    }

    /**
     * Starts everything and stops the sink again.
     *
     * @param workers of the sink; its batches are as large as they are by default
     * @param variant says what else the sink has; the servers stay as they are
     */
    Addresses start(int workers, DrainVariant variant) throws IOException {
        Map<String, String> own = new HashMap<>();
        own.put("SINK_WORKERS", Integer.toString(workers));
        own.put("SINK_BATCH_MAX_ROWS", Integer.toString(BatchLimits.DEFAULT.maxRows()));
        own.put("SINK_BATCH_MAX_BYTES", Long.toString(BatchLimits.DEFAULT.maxBytes()));
        own.put(
                "SINK_BATCH_MAX_AGE_MS",
                Long.toString(BatchLimits.DEFAULT.maxAge().toMillis()));
        own.putAll(variant.sink());
        stack.start(List.of(new SinkChild("sink", ports.sink(), ports.primary(), own, variant.sinkJvm())));
        holdSink();
        return addresses();
    }

    /**
     * Starts everything; the sink runs, with the settings that {@code up} gives it.
     *
     * @param variant says what else the sink has; the servers stay as they are
     */
    Addresses startWithSink(StackVariant variant) throws IOException {
        stack.start(List.of(new SinkChild("sink", ports.sink(), ports.primary(), variant.sink(), variant.sinkJvm())));
        return addresses();
    }

    private Addresses addresses() throws IOException {
        Map<String, String> settings = new StackSettings(directory).ofRunningStack();
        return new Addresses(
                Objects.requireNonNull(settings.get("KAFKA_BOOTSTRAP_SERVERS")),
                Objects.requireNonNull(settings.get("PRIMARY_URL")),
                Objects.requireNonNull(settings.get("SINK_WRITER_URL")),
                Objects.requireNonNull(settings.get("REPLICA_URL")),
                Objects.requireNonNull(settings.get("QUERY_API_READER_URL")),
                URI.create(Objects.requireNonNull(settings.get("SINK_URL"))),
                URI.create(Objects.requireNonNull(settings.get("QUERY_API_URL"))));
    }

    /**
     * Where the parts are.
     *
     * @param owner the primary's JDBC address with the owner's credentials
     * @param writer the same with the sink's
     * @param replica with the owner's
     * @param reader the replica's with the query API's
     * @param sink its HTTP address
     * @param api that of the query API
     */
    record Addresses(String kafka, String owner, String writer, String replica, String reader, URI sink, URI api) {}

    /**
     * Changes settings of both servers that run.
     *
     * @return what they are now, as Postgres prints them
     */
    Map<String, String> change(Map<String, String> postgres) throws SQLException, IOException, InterruptedException {
        return new ServerSettings(directory, ports).change(postgres);
    }

    void releaseSink() {
        stack.releaseSinks();
    }

    /** Returns when it has ended. */
    void holdSink() {
        stack.holdSinks();
    }

    /** Seconds of processor time that each process has used, with those that work for it; what is not known is missing. */
    Map<String, Double> cpuSeconds() {
        Map<String, Double> seconds = new HashMap<>();
        for (String name : MEASURED) {
            List<RunningProcess> group = processes.group(name);
            if (!group.isEmpty()) {
                seconds.put(
                        name,
                        group.stream()
                                .map(RunningProcess::cpuTime)
                                .mapToDouble(BenchStack::seconds)
                                .sum());
            }
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            seconds.put(THIS_PROGRAM, seconds(Duration.ofNanos(system.getProcessCpuTime())));
        }
        return seconds;
    }

    @Override
    public void close() {
        stack.close();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
