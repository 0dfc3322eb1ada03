package dev.millrace.compose.torture;

import dev.millrace.compose.process.RecordedProcesses;
import dev.millrace.compose.stack.EmbeddedStack;
import dev.millrace.compose.stack.FreePorts;
import dev.millrace.compose.stack.Ports;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.stack.SinkChild;
import dev.millrace.compose.stack.StackDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A stack with several sinks, all of which write over one line that can be spoilt. Thread-safe. */
final class TorturedStack implements AutoCloseable {
    private static final int MOST_EXTRA_SINKS = 3;

    /** The classic protocol's own default would leave the partitions of a dead sink alone for 45 s. */
    private static final Map<String, String> CLASSIC = Map.of(
            "KAFKA_GROUP_PROTOCOL", "classic",
            "KAFKA_SESSION_TIMEOUT_MS", "6000",
            "KAFKA_HEARTBEAT_INTERVAL_MS", "1000");

    private static final Map<String, String> CONSUMER = Map.of("KAFKA_GROUP_PROTOCOL", "consumer");

    private final StackDirectory directory;
    private final PrimaryLine line;
    private final EmbeddedStack stack;
    private final List<SinkChild> sinks = new ArrayList<>();

    /**
     * Claims the directory and ports; starts nothing yet.
     *
     * @param random decides how many sinks there are and how their group works
     */
    TorturedStack(StackDirectory directory, Random random, Progress progress) {
        this.directory = directory;
        Ports ports = FreePorts.find();
        Map<String, String> protocol = random.nextBoolean() ? CONSUMER : CLASSIC;
        int extra = 1 + random.nextInt(MOST_EXTRA_SINKS);
        stack = EmbeddedStack.claim(directory, ports, false, progress);
        line = new PrimaryLine(Ports.HOST, ports.primary());
        for (int i = 0; i <= extra; i++) {
            String name = i == 0 ? "sink" : "sink-" + (char) ('a' + i);
            // The next port is the normaliser's.
            sinks.add(new SinkChild(name, ports.sink() + 2 * i, line.port(), protocol));
        }
        progress.say("group protocol " + protocol.get("KAFKA_GROUP_PROTOCOL") + ", sinks: " + sinks.size());
    }

    /** Starts everything; returns what {@code DIR/env} says. */
    Map<String, String> start() {
        return stack.start(sinks);
    }

    PrimaryLine line() {
        return line;
    }

    List<String> sinkNames() {
        return sinks.stream().map(SinkChild::name).toList();
    }

    RecordedProcesses processes() {
        return new RecordedProcesses(directory.children());
    }

    @Override
    public void close() {
        stack.close();
        line.close();
    }
}
