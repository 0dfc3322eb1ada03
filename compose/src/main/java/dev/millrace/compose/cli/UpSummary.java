package dev.millrace.compose.cli;

import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.stack.JdbcUrl;
import dev.millrace.compose.stack.StackDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where everything is, and what to paste next.
 *
 * @param settings what {@code DIR/env} says
 */
record UpSummary(StackDirectory directory, Map<String, String> settings) {
    /** How the launcher was called, so that what we print can be pasted. */
    private static final String COMMAND = System.getProperty("millrace.command", "./millrace");

    private static final String TEXT = """

            Kafka       %1$s
            primary     %2$s
            replica     %3$s
            sink        %4$s
            query API   %5$s
            settings    %6$s
            logs        %7$s

            Publish an event (or a file of such lines: publish FILE), then ask for it:

              echo '{"event_type":"greeting","payload":{"hello":"world"}}' | %8$s publish%9$s -
              curl '%5$s/v1/events?type=greeting'
              curl -G '%5$s/v1/events' --data-urlencode 'match={"hello":"world"}'

            """;

    /** Prints no password. */
    void print(PrintWriter out, OutputOption output) {
        if (output.isJson()) {
            out.println(toJson());
        } else {
            printText(out);
        }
        out.flush();
    }

    /** The addresses under the names that {@code DIR/env} has, in lower case. */
    private String toJson() {
        Map<String, String> members = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            // The others are the same databases again, for psql and with a password.
            if (!name.endsWith("_PSQL")) {
                members.put(name.toLowerCase(Locale.ROOT), withoutPassword(value));
            }
        });
        members.put("env", directory.environment().toString());
        members.put("logs", directory.logs().toString());
        return JsonLine.of(members);
    }

    private static String withoutPassword(String address) {
        return address.startsWith("jdbc:") ? JdbcUrl.parse(address).toString() : address;
    }

    private void printText(PrintWriter out) {
        out.printf(
                TEXT,
                settings.get("KAFKA_BOOTSTRAP_SERVERS"),
                JdbcUrl.parse(settings.getOrDefault("PRIMARY_URL", "")),
                JdbcUrl.parse(settings.getOrDefault("REPLICA_URL", "")),
                settings.get("SINK_URL"),
                settings.get("QUERY_API_URL"),
                directory.environment(),
                directory.logs(),
                COMMAND,
                dataOption());
    }

    private String dataOption() {
        boolean usual = directory.equals(new StackDirectory(Path.of(".millrace")));
        return usual ? "" : " --data '" + directory.root() + "'";
    }
}
