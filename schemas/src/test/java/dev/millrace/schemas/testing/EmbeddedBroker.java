package dev.millrace.schemas.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A broker in a JVM of its own: one in this JVM would halt it when its disk fails. It ends with this
 * JVM, also when that is killed, and deletes its data then.
 */
final class EmbeddedBroker {
    private static final String HOST = "127.0.0.1";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;

    private static final String SETTINGS = """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@%1$s:%3$d
            controller.listener.names=CONTROLLER
            listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
            advertised.listeners=PLAINTEXT://%1$s:%2$d
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            log.dirs=%4$s
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            share.coordinator.state.topic.num.partitions=1
            auto.create.topics.enable=false
            message.max.bytes=3145728
            replica.fetch.max.bytes=3145728
            group.initial.rebalance.delay.ms=0
            group.min.session.timeout.ms=1000
            group.consumer.min.session.timeout.ms=1000
            group.consumer.session.timeout.ms=3000
            group.consumer.min.heartbeat.interval.ms=200
            group.consumer.heartbeat.interval.ms=500
            log.cleaner.dedupe.buffer.size=8388608
            """;

    private final Path directory;
    private final int port;
    private final Process process;

    private EmbeddedBroker(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts one and waits until it listens.
     *
     * @throws IllegalStateException if it ends before that; the message has its output
     */
    static EmbeddedBroker start() {
        requireServerJars();
        try {
            for (int attempt = 1; ; attempt++) {
                EmbeddedBroker broker = launch();
                Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "test-broker-stop"));
                if (broker.listensInTime()) {
                    return broker;
                }
                // Between the choice of a port and its use somebody else may have taken it.
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException(
                            "the broker ended: " + Files.readString(broker.directory.resolve("output")));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("no embedded broker", failure);
        }
    }

    String bootstrapServers() {
        return HOST + ":" + port;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** Closes the pipe at which it waits for our end. */
    void stop() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException failure) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static EmbeddedBroker launch() throws IOException {
        Path directory = Files.createTempDirectory("millrace-test-kafka");
        int port = freePort();
        String settings = SETTINGS.formatted(HOST, port, freePort(), directory.resolve("log"));
        Files.writeString(directory.resolve("server.properties"), settings);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestBrokerMain.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        return new EmbeddedBroker(directory, port, process);
    }

    private boolean listensInTime() throws IOException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < START_LIMIT.toNanos()) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(HOST, port), 1_000);
                // A port that nobody listens on can be given to the probe itself, which then meets itself.
                if (probe.getLocalPort() != port) {
                    return true;
                }
            } catch (IOException notYet) {
                // Asked again by the loop.
            }
            if (hasEndedWithin(Duration.ofMillis(50))) {
                return false;
            }
        }
        stop();
        throw new IllegalStateException("the broker did not listen within " + START_LIMIT);
    }

    private boolean hasEndedWithin(Duration wait) {
        try {
            return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void requireServerJars() {
        try {
            Class.forName("kafka.Kafka", false, EmbeddedBroker.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(
                    "this module's tests have no broker: its pom needs kafka_2.13 and log4j-to-slf4j in scope test",
                    missing);
        }
    }
}
