package dev.millrace.compose.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@code millrace tail} that runs, and what it has printed so far. */
record RunningTail(Process process, Path out, Path err) implements AutoCloseable {
    static RunningTail start(Path directory, List<String> command) throws IOException {
        Path out = Files.createTempFile(directory, "tail", ".out");
        Path err = Files.createTempFile(directory, "tail", ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new RunningTail(process, out, err);
    }

    /** The events of all lines that are complete. */
    List<JsonNode> events() {
        String text = read(out);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Events::parse)
                .toList();
    }

    /** How many lines on stderr have this in them. */
    long said(String words) {
        return read(err).lines().filter(line -> line.contains(words)).count();
    }

    /** Ends it as Ctrl-C would. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
