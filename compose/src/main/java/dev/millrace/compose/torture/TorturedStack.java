package dev.millrace.compose.torture;

import dev.millrace.compose.process.RecordedProcesses;
import dev.millrace.compose.stack.EmbeddedStack;
import dev.millrace.compose.stack.FreePorts;
import dev.millrace.compose.stack.Ports;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.stack.SinkChild;
import dev.millrace.compose.stack.StackDirectory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A stack with several sinks, each of which writes over a line of its own that can be spoilt. Thread-safe. */
final class TorturedStack implements AutoCloseable {
    private static final int MOST_EXTRA_SINKS = 3;

    /** The classic protocol's own default would leave the partitions of a dead sink alone for 45 s. */
    private static final Map<String, String> CLASSIC = Map.of(
            "KAFKA_GROUP_PROTOCOL", "classic",
            "KAFKA_SESSION_TIMEOUT_MS", "6000",
            "KAFKA_HEARTBEAT_INTERVAL_MS", "1000");

    private static final Map<String, String> CONSUMER = Map.of("KAFKA_GROUP_PROTOCOL", "consumer");

    private final StackDirectory directory;
    private final PrimaryLines lines;
    private final EmbeddedStack stack;
    private final List<SinkChild> sinks;

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
        lines = new PrimaryLines(
                IntStream.rangeClosed(0, extra).mapToObj(TorturedStack::name).toList(), Ports.HOST, ports.primary());
        sinks = IntStream.rangeClosed(0, extra)
                .mapToObj(index -> new SinkChild(
                        // The next port is the normaliser's.
                        name(index),
                        ports.sink() + 2 * index,
                        lines.of(name(index)).port(),
                        protocol))
                .toList();
        progress.say("group protocol " + protocol.get("KAFKA_GROUP_PROTOCOL") + ", sinks: " + sinks.size());
    }

    /** Starts everything; returns what {@code DIR/env} says. */
    Map<String, String> start() {
        return stack.start(sinks);
    }

    PrimaryLines lines() {
        return lines;
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
        lines.close();
    }

    private static String name(int index) {
        return index == 0 ? "sink" : "sink-" + (char) ('a' + index);
    }
}
