package dev.millrace.sink;

import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A sink in a JVM of its own, so that it can be killed: Kafka's client leaves its group in every other way. */
final class SinkProcess {
    private SinkProcess() {}

    /** The settings of a sink that reads and writes what the test made; topic and group have one name. */
    static SinkSettings settings(String databaseUrl, String topic, Map<String, String> kafka) {
        return settings(databaseUrl, topic, kafka, Map.of());
    }

    /** The same with some more. */
    static SinkSettings settings(
            String databaseUrl, String topic, Map<String, String> kafka, Map<String, String> others) {
        Map<String, String> values = new HashMap<>(others);
        values.put("sink.writer-url", databaseUrl + "?user=" + TestDatabase.WRITER);
        values.put("sink.owner-url", databaseUrl + "?user=" + TestDatabase.OWNER);
        values.put("sink.group", topic);
        values.put("sink.port", "0");
        return SinkSettings.from(values, kafka);
    }

    /** Starts one; it ends with this JVM, also when that is killed. */
    static Process start(TestDatabase database, TestTopic topic, Map<String, String> kafka) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SinkProcess.class.getName(),
                database.url(),
                topic.name()));
        kafka.forEach((name, value) -> command.add(name + "=" + value));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> kafka = new HashMap<>();
        Arrays.stream(arguments)
                .skip(2)
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> kafka.put(setting[0], setting[1]));
        endWithParent();
        SinkApp.start(settings(arguments[0], arguments[1], kafka), arguments[1]).awaitEnd();
    }

    /** The pipe from the parent closes with the parent's life, however that ends. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.read();
                    } catch (IOException closed) {
                        // The same as its end.
                    } finally {
                        Runtime.getRuntime().halt(0);
                    }
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
