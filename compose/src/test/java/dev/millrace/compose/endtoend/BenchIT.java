package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.compose.endtoend.RunningMillrace.CommandResult;
import dev.millrace.compose.stack.StackDirectory;
import dev.millrace.compose.stack.StackSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace bench} as a user runs it, with far too few events for its figures to mean anything. */
class BenchIT {
    private static final int EVENTS = 60_000;

    @TempDir
    Path directory;

    @Test
    void drainMeasuresEveryContenderAndCountsWhatItStored() throws Exception {
        // Given
        Path data = directory.resolve("bench");
        // When
        CommandResult result = measureVariant(
                "drain", data, "--events", Integer.toString(EVENTS), "--rounds", "1", "--workers", "2", "--queries");
        // Then
        JsonNode report = report("drain", result);
        List<String> names = new ArrayList<>();
        for (JsonNode contender : report.get("contenders")) {
            names.add(contender.get("name").textValue());
            assertThat(contender.get("events").intValue()).isEqualTo(EVENTS);
            JsonNode rate = contender.get("events_per_second");
            assertThat(rate.get("median").doubleValue()).isPositive();
            assertThat(rate.get("min")).isEqualTo(rate.get("max"));
            assertThat(contender.get("ratio_to_ceiling").doubleValue()).isPositive();
            assertThat(contender.get("events_per_second_first").doubleValue()).isPositive();
            assertThat(contender.get("events_per_second_last").doubleValue()).isPositive();
            assertThat(contender.get("cpu_seconds").get("primary").doubleValue())
                    .isPositive();
            assertThat(contender.get("cpu_us_per_event").get("primary").doubleValue())
                    .isPositive();
        }
        requireReaders(report.at("/contenders/0"));
        requireReaders(report.at("/contenders/1"));
        assertThat(report.at("/contenders/2").has("query_ms"))
                .as("nobody asks a table without indexes")
                .isFalse();
        assertThat(names).containsExactly("millrace", "ceiling", "no-index");
        assertThat(report.at("/contenders/1/ratio_to_ceiling").doubleValue()).isEqualTo(1);
        assertThat(result.err()).filteredOn(line -> line.contains("counted:")).hasSize(3);
        assertThat(result.err())
                .as("one run before the first round, which is not counted")
                .filteredOn(line -> line.contains("warm-up") && line.contains("ceiling"))
                .hasSize(1);
        assertThat(data).as("data of a measurement that went well is deleted").doesNotExist();
    }

    @Test
    void freshnessSeesEveryAcknowledgedEventOnTheReplica() throws Exception {
        // Given
        Path data = directory.resolve("bench");
        // When
        CommandResult result =
                measureVariant("freshness", data, "--rates", "200", "--duration", "2s", "--events", "360");
        // Then
        JsonNode report = report("freshness", result);
        assertThat(report.get("ids").textValue()).isEqualTo("random");
        assertThat(report.get("duration_seconds").intValue()).isEqualTo(2);
        assertThat(report.get("contenders")).hasSize(1);
        JsonNode rate = report.at("/contenders/0");
        assertThat(rate.get("name").textValue()).isEqualTo("200/s");
        assertThat(rate.get("events_per_second").intValue()).isEqualTo(200);
        assertThat(rate.get("events").intValue()).isEqualTo(360);
        for (String latency : List.of("latency_ms", "publish_latency_ms")) {
            List<Double> percentiles = new ArrayList<>();
            rate.get(latency).forEach(percentile -> percentiles.add(percentile.doubleValue()));
            assertThat(percentiles).as(latency).hasSize(4).isSorted().allMatch(millis -> millis > 0);
        }
        for (String process : List.of("bench", "kafka", "primary", "replica", "sink")) {
            assertThat(rate.get("cpu_us_per_event").get(process).doubleValue())
                    .as(process)
                    .isPositive();
        }
        assertThat(result.err()).anyMatch(line -> line.endsWith("events on the replica: 762"));
        assertThat(data).as("data of a measurement that went well is deleted").doesNotExist();
    }

    @Test
    void signalWhileItMeasuresLeavesNoProcessAndNoData() throws Exception {
        // Given
        Path data = directory.resolve("bench");
        Process bench = new ProcessBuilder(RunningMillrace.commandLine(
                        "bench", "--scenario", "freshness", "--rates", "200", "--data", data.toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("bench.log").toFile())
                .start();
        await().atMost(Duration.ofMinutes(3))
                .until(() -> Files.exists(new StackDirectory(data).environment()) || !bench.isAlive());
        await().atMost(Duration.ofMinutes(1)).until(() -> !bench.isAlive() || eventsOnTheReplica(data) >= 50);
        List<ProcessHandle> children = bench.descendants().toList();
        // When
        bench.destroy();
        // Then
        assertThat(bench.onExit()).succeedsWithin(Duration.ofMinutes(1));
        String log = Files.readString(directory.resolve("bench.log"));
        System.out.println(log);
        assertThat(bench.exitValue()).as(log).isEqualTo(128 + 15);
        assertThat(children).hasSizeGreaterThan(4).noneMatch(ProcessHandle::isAlive);
        assertThat(data).doesNotExist();
        assertThat(log).doesNotContain("acknowledged", "no result");
    }

    /** A measurement with something other than usual of every kind. */
    private static CommandResult measureVariant(String scenario, Path data, String... options) throws Exception {
        List<String> command = RunningMillrace.commandLine(
                "bench",
                "--scenario",
                scenario,
                "--ids",
                "random",
                "--sink",
                "SINK_BATCH_MAX_ROWS=4000",
                "--sink-jvm=-XX:TieredStopAtLevel=4",
                "--postgres",
                "work_mem=8192kB",
                "--output",
                "json",
                "--data",
                data.toString());
        command.addAll(List.of(options));
        return RunningMillrace.runShortLived(command);
    }

    /** What it printed, which says what was other than usual. */
    private static JsonNode report(String scenario, CommandResult result) {
        result.err().forEach(System.out::println);
        result.out().forEach(System.out::println);
        assertThat(result.exitCode()).as(String.join("\n", result.err())).isZero();
        assertThat(result.out()).hasSize(1);
        JsonNode report = Events.parse(result.out().get(0));
        assertThat(report.get("scenario").textValue()).isEqualTo(scenario);
        assertThat(report.get("sink_settings").toString()).isEqualTo("{\"SINK_BATCH_MAX_ROWS\":\"4000\"}");
        assertThat(report.get("sink_jvm").toString()).isEqualTo("[\"-XX:TieredStopAtLevel=4\"]");
        assertThat(report.get("postgres_settings").toString())
                .as("as the server prints it")
                .isEqualTo("{\"work_mem\":\"8MB\"}");
        return report;
    }

    private static long eventsOnTheReplica(Path data) throws Exception {
        String url =
                new StackSettings(new StackDirectory(data)).ofRunningStack().get("REPLICA_URL");
        try (Connection replica = DriverManager.getConnection(url);
                Statement statement = replica.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(sum(next_offset), 0) FROM sink_offset")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void requireReaders(JsonNode contender) {
        JsonNode query = contender.get("query_ms");
        double windowMillis = EVENTS / contender.at("/events_per_second/median").doubleValue() * 1_000;
        assertThat(query.get("count").intValue()).isPositive().isLessThan((int) (windowMillis / 50) + 2);
        assertThat(query.get("p50").doubleValue())
                .isPositive()
                .isLessThanOrEqualTo(query.get("p99").doubleValue());
        assertThat(query.get("p99").doubleValue())
                .isLessThanOrEqualTo(query.get("max").doubleValue());
        JsonNode pending = contender.get("pending_list_bytes");
        assertThat(pending.get("max").longValue())
                .isPositive()
                .isGreaterThanOrEqualTo(pending.get("p50").longValue());
    }
}
