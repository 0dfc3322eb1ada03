package dev.millrace.compose.cli;

import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.dlq.Coordinate;
import dev.millrace.compose.dlq.DeadLetter;
import dev.millrace.compose.dlq.DeadLetterText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints one rejected record with all that is known of it. */
@Command(
        name = "show",
        description = {
            "Prints one rejected record: why it was rejected, its headers, its key and its value, as an event where it is"
                    + " one, as text where it is text, in hexadecimal where it is neither.",
            "An earlier place of a record that was sent again leads to its latest."
        },
        footer = {
            "",
            "Examples:",
            "  millrace dlq show 0:42                    of events.v1",
            "  millrace dlq show events.raw.v1:3:17",
            "  millrace dlq show 0:42 --raw > value.bin",
            "",
            "Exit codes: 0 shown, 1 no such record was rejected, 4 Kafka or the topic is not there."
        })
final class DlqShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Mixin
    private OutputOption output;

    @Parameters(
            paramLabel = "TOPIC:PARTITION:OFFSET",
            description = "Where it was rejected; PARTITION:OFFSET is one of events.v1.",
            converter = CoordinateConverter.class)
    private Coordinate origin = Coordinate.parse("0:0");

    @Option(names = "--raw", description = "Writes the bytes of the value and nothing else.")
    private boolean raw;

    @Override
    public Integer call() throws Exception {
        return new DlqSession(spec, options).run((letters, progress) -> {
            Optional<DeadLetter> letter = letters.find(origin);
            if (letter.isEmpty()) {
                progress.say("millrace: nothing was rejected at " + origin + "; see 'millrace dlq list'");
                return ExitCode.FAILED;
            }
            print(letter.get());
            return ExitCode.OK;
        });
    }

    private void print(DeadLetter letter) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!raw) {
            if (output.isJson()) {
                out.println(JsonLine.of(DeadLetterText.allMembers(letter)));
            } else {
                DeadLetterText.lines(letter).forEach(out::println);
            }
            out.flush();
        } else if (letter.value() != null) {
            // Not System.out, which swallows failures.
            try (FileOutputStream bytes = new FileOutputStream(FileDescriptor.out)) {
                bytes.write(letter.value());
            }
        }
    }
}
