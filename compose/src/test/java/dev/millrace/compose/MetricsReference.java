package dev.millrace.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page that says which meters there are, written from the modules' golden files. */
final class MetricsReference {
    static final Path PAGE = root().resolve("docs").resolve("metrics.md");

    private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) (\\S+) \\{(.*?)} (.+)");

    private static final String HEAD = """
            # Metrics

            What Millrace measures about itself, written from the code by `-Dgolden.update`. `/metrics` of the sink (8082) and of
            the query API (8080) give it to Prometheus; what an alarm looks like is in [operations.md](operations.md).

            A timer is three series and a histogram: `…_seconds_count`, `…_seconds_sum`, `…_seconds_max` (of the last minutes) and
            `…_seconds_bucket{le}`. No tag holds an id; each has few values.
            """;

    private static final String TAIL = """

            ## Beside these

            - `jvm_*`, `process_*`, `system_*` of both: memory, collections, threads, processor, uptime, as Micrometer names them.
            - `kafka_consumer_*` of the sink: what Kafka's client reports. `kafka_consumer_fetch_manager_records_lag` ends before the
              first open transaction; `sink_lag_records` does not. That they differ for long is how a hanging transaction shows. Kafka's
              client names each partition's twice, as `events.v1` and as `events_v1`.
            - `hikaricp_*` of the query API: its pool of connections. The sink has no pool: one connection that writes, and of the
              owner's one for upkeep and one for rejected events; the leader of the upkeep has one more; others are opened when they are needed.

            ## Fine print

            - `sink_lag_*`: only partitions that this sink is assigned, from the moment the database has said where they stand; also
              while they are paused, or stopped later; one that stopped before its first record (a gap, a truncated log) has
              `sink_partitions_stopped` alone. The log's end is asked for once a second. Where nothing of the backlog was read yet,
              the age counts from the moment the sink saw it. Both clocks matter: append times are the broker's, now is the sink's.
            - `pipeline_latency`: of every event of a batch, when its commit has returned; a broker whose clock is ahead counts as 0.
            - `sink_commit`: with everything it took: the careful second try after a repeat, table partitions that had to be made.
            - `sink_stalls`: the cause that the server named most often while it lasted. `autovacuum`, `analyze` and `checkpoint` mean
              that they held the lock, or were at work while the transaction waited for storage or a buffer.
            - `sink_rejected_*`: of the whole database, the same in every sink, counted every 10 s; NaN while the database does not answer.
            - `path` of `sink_commit` and `sink_batch_rows`: `insert` stands for the isolating path too.
            - `sink_gin_pending`: of the whole database, the same in every sink, asked for every 5 s; needs the extension `pgstattuple`,
              and a role in `pg_monitor`. `sink_gin_long` needs neither.
            - `sink_upkeep_leading`: the sum over all sinks of a database is 1; 0 for up to two minutes after a leader froze.
            - `query_visible`: how long a request with `wait_for` had to wait, once it was met; 503s are in `http_server_requests`.
            - `http_server_requests` of `/v1/events/stream`: how long a stream lasted, noted when it ends.
            - `query_streams_read`: only looks that found events; its count grows with the sink's commits, not with the clients.
            """;

    private MetricsReference() {}

    static String markdown() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("\n## Sink\n").append(table("sink"));
        page.append("\n## Query API\n").append(table("query-api"));
        page.append("\n## Publisher library\n\nIn the registry that the program which publishes passes in.\n");
        return page.append(table("ingest")).append(TAIL).toString();
    }

    private static String table(String module) throws IOException {
        StringBuilder table = new StringBuilder(
                "\n| meter | scraped as | type | unit | tags | meaning |\n|---|---|---|---|---|---|\n");
        meters(module).forEach(meter -> table.append(meter.row()));
        return table.toString();
    }

    private static List<Meter> meters(String module) throws IOException {
        Path golden = root().resolve(module).resolve("src/test/resources/golden/metrics.txt");
        Map<String, Meter> meters = new TreeMap<>();
        for (String line : Files.readAllLines(golden)) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalStateException(golden + ": " + line);
            }
            Meter meter = meters.computeIfAbsent(
                    matcher.group(1),
                    name -> new Meter(name, matcher.group(2), matcher.group(3), new TreeMap<>(), matcher.group(5)));
            for (String tag : matcher.group(4).split(",")) {
                int equals = tag.indexOf('=');
                if (equals > 0) {
                    meter.tags()
                            .computeIfAbsent(tag.substring(0, equals), name -> new TreeSet<>())
                            .add(tag.substring(equals + 1));
                }
            }
        }
        return new ArrayList<>(meters.values());
    }

    private static Path root() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    }

    private record Meter(String name, String type, String baseUnit, Map<String, TreeSet<String>> tags, String meaning) {
        String unit() {
            return type.equals("TIMER") ? "seconds" : baseUnit.equals("-") ? "" : baseUnit;
        }

        String scraped() {
            String flat = name.replace('.', '_');
            String full = unit().isEmpty() || flat.endsWith("_" + unit()) ? flat : flat + "_" + unit();
            return type.equals("COUNTER") ? full + "_total" : full;
        }

        String row() {
            List<String> words = new ArrayList<>();
            tags.forEach((key, values) ->
                    words.add("`" + key + "`" + (values.size() > 1 ? " = " + String.join(", ", values) : "")));
            return "| `%s` | `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            name,
                            scraped(),
                            type.toLowerCase(Locale.ROOT).replace('_', ' '),
                            unit(),
                            String.join("; ", words),
                            meaning);
        }
    }
}
