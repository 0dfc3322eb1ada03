package dev.millrace.compose.cli;

import dev.millrace.compose.settings.Scope;
import dev.millrace.compose.settings.Settings;
import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import dev.millrace.sink.SinkApp;
import dev.millrace.sink.SinkKey;
import dev.millrace.sink.SinkSettings;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the sink until it is told to stop. */
@Command(
        name = "sink",
        description = {
            "Writes events.v1 to the primary, until SIGTERM.",
            "Settings come from flags, the environment (KAFKA_BOOTSTRAP_SERVERS, SINK_WRITER_URL, SINK_OWNER_URL,"
                    + " SINK_PORT), the stack which runs in DIR (addresses and logins), and a file;"
                    + " 'millrace config print sink' shows all of them."
        },
        footer = {
            "",
            "Examples, a second sink beside that of a stack:",
            "  millrace sink --port 9082",
            "  SINK_PORT=9082 millrace sink --set sink.batch.max-rows=1000 --data .millrace",
            "Frees a partition that stopped because Kafka no longer holds what comes next; Ctrl-C when it goes on:",
            "  millrace sink --port 9082 --accept-gap"
        })
final class SinkCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Option(names = "--port", paramLabel = "PORT", description = "Port of health and metrics, as --set sink.port=PORT.")
    private @Nullable String port;

    @Option(
            names = "--accept-gap",
            description = "Goes on without the records of every gap that is recorded now; Kafka no longer holds them.")
    private boolean acceptGap;

    @Override
    public Integer call() throws Exception {
        options.flag(SinkKey.PORT.key(), port);
        options.flag(SinkKey.ACCEPT_GAP.key(), acceptGap ? "true" : null);
        Settings settings = options.require(Scope.SINK);
        SinkApp sink = start(SinkSettings.from(settings.values(), settings.kafkaProperties()));
        Service.closeAtExit(sink, "sink");
        sink.awaitEnd();
        return ExitCode.OK;
    }

    private static SinkApp start(SinkSettings settings) {
        try {
            return SinkApp.start(settings);
        } catch (ConfigException contradiction) {
            // Each value is good by itself, as was checked; only the client knows which exclude each other.
            throw new StackException(
                    Kind.USAGE, "Kafka's consumer refuses the settings: " + contradiction.getMessage(), contradiction);
        }
    }
}
