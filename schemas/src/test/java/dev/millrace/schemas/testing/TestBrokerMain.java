package dev.millrace.schemas.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.Kafka;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * What the test broker's process runs. The only test class that uses Kafka's internals, which change
 * with its versions.
 */
final class TestBrokerMain {
    private TestBrokerMain() {}

    /** @param arguments a directory with {@code server.properties}, deleted at the end */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Path settings = directory.resolve("server.properties");
        endWithParent(directory);
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(settings)) {
            properties.load(file);
        }
        String log = properties.getProperty("log.dirs");
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setControllerListenerName(properties.getProperty("controller.listener.names"))
                .setReleaseVersion(MetadataVersion.latestProduction())
                .addDirectory(log)
                .setMetadataLogDirectory(log)
                .run();
        Kafka.main(new String[] {settings.toString()});
    }

    /** The pipe from the parent closes with the parent's life, however that ends. */
    private static void endWithParent(Path directory) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nothing is ever sent.
                        }
                        delete(directory);
                    } catch (IOException | UncheckedIOException gone) {
                        // The broker writes while its files go; what is left lies in the temporary directory.
                    } finally {
                        Runtime.getRuntime().halt(0);
                    }
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(directory)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
