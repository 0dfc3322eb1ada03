package dev.millrace.compose.cli;

import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import dev.millrace.sink.SinkApp;
import dev.millrace.sink.SinkSettings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the sink until it is told to stop. */
@Command(
        name = "sink",
        description = {
            "Writes events.v1 to the primary, until SIGTERM.",
            "Settings come from the environment (KAFKA_BOOTSTRAP_SERVERS, SINK_WRITER_URL, SINK_OWNER_URL, SINK_PORT);"
                    + " addresses that are missing there, from the stack which runs in DIR."
        },
        footer = {
            "",
            "Example, a second sink beside that of a stack:",
            "  SINK_PORT=9082 millrace sink --data .millrace"
        })
final class SinkCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Override
    public Integer call() throws Exception {
        SinkApp sink = SinkApp.start(settings(data.settings().completeForSink(System.getenv())));
        Service.closeAtExit(sink, "sink");
        sink.awaitEnd();
        return ExitCode.OK;
    }

    private static SinkSettings settings(Map<String, String> environment) {
        try {
            return SinkSettings.from(environment);
        } catch (IllegalArgumentException wrong) {
            throw new StackException(Kind.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
