package dev.millrace.compose.stack;

import dev.millrace.compose.process.ChildCommand;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The built program: {@code lib} for all processes, {@code broker} for what only the broker needs.
 *
 * @param root the directory that holds both
 */
record Distribution(Path root) {
    Distribution {
        if (!Files.isDirectory(root.resolve("lib")) || !Files.isDirectory(root.resolve("broker"))) {
            throw new StackException(
                    StackException.Kind.FAILED, "no distribution in " + root + "; build it with 'mvn package'");
        }
    }

    /** The distribution that this class was loaded from, or the one beside its classes in a build. */
    static Distribution ofThisProgram() {
        try {
            Path code = Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            // An empty sibling is the directory itself: unlike getParent, never null.
            Path beside = code.resolveSibling("");
            return new Distribution(beside.endsWith("lib") ? beside.resolveSibling("") : beside.resolve("dist"));
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A child that runs the {@code millrace} command.
     *
     * @param name its own, which differs from the service where there are several of one
     * @param options of its Java
     */
    ChildCommand service(String name, String service, List<String> options, Map<String, String> settings) {
        List<String> line = java(options, "lib");
        line.add("dev.millrace.compose.cli.MillraceCommand");
        line.add(service);
        return new ChildCommand(name, line, inheriting(settings), List.of("TERM"));
    }

    /** A child that runs the broker. */
    ChildCommand broker(String name, Path properties) {
        List<String> line = java(JavaOptions.BROKER, "lib", "broker");
        line.add(BrokerMain.class.getName());
        line.add(properties.toString());
        return new ChildCommand(name, line, inheriting(Map.of()), List.of("TERM"));
    }

    private List<String> java(List<String> options, String... directories) {
        List<String> classPath = new ArrayList<>();
        for (String directory : directories) {
            classPath.add(root.resolve(directory).resolve("*").toString());
        }
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A process without memory is only half alive; a new one is whole.
        line.add("-XX:+ExitOnOutOfMemoryError");
        line.addAll(options);
        line.add("-cp");
        line.add(String.join(File.pathSeparator, classPath));
        return line;
    }

    /** What the user set for this command reaches the services, but never instead of our own. */
    private static Map<String, String> inheriting(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(settings);
        return environment;
    }
}
