package dev.millrace.compose.stack;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import kafka.Kafka;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * What the broker's process runs: formats the storage at the first start, then becomes the broker.
 * The only class that uses Kafka's internals, which change with its versions.
 */
public final class BrokerMain {
    private BrokerMain() {}

    /** @param arguments the path of the broker's properties */
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(Path.of(arguments[0]))) {
            properties.load(file);
        }
        Path storage = Path.of(properties.getProperty("log.dirs"));
        if (!Files.exists(storage)) {
            format(storage, properties);
        }
        Kafka.main(arguments);
    }

    /** Formats a directory beside and renames it, so that an interrupted start leaves nothing. */
    private static void format(Path storage, Properties properties) throws Exception {
        Path unfinished = storage.resolveSibling(storage.getFileName() + ".new");
        FileTree.delete(unfinished);
        Files.createDirectory(unfinished);
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setControllerListenerName(properties.getProperty("controller.listener.names"))
                .setReleaseVersion(MetadataVersion.latestProduction())
                .addDirectory(unfinished.toString())
                .setMetadataLogDirectory(unfinished.toString())
                .run();
        Files.move(unfinished, storage, StandardCopyOption.ATOMIC_MOVE);
    }
}
