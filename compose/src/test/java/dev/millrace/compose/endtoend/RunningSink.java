package dev.millrace.compose.endtoend;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code millrace sink} as a process of its own, pointed at any servers. */
final class RunningSink implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;

    private RunningSink(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** @param environment says where Kafka and the primary are */
    static RunningSink start(Path directory, Map<String, String> environment) throws IOException {
        int port = freePort();
        Path log = Files.createTempFile(directory, "sink-", ".log");
        Path noStack = directory.resolve("no-stack");
        ProcessBuilder builder = new ProcessBuilder(RunningMillrace.commandLine(
                        "sink", "--data", noStack.toString(), "--port", Integer.toString(port)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new RunningSink(builder.start(), log, port);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Body of an answer, behind its status and a space; empty if nobody answers. */
    String get(String path) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException notYet) {
            return "";
        }
    }

    /** A counter without tags. */
    long counter(String name) throws InterruptedException {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** In good order, so that it leaves its group. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(30, TimeUnit.SECONDS)
                .whenComplete((ended, late) -> process.destroyForcibly())
                .join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
