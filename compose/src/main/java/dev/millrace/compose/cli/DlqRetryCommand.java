package dev.millrace.compose.cli;

import dev.millrace.compose.dlq.Coordinate;
import dev.millrace.compose.dlq.CorrectedValue;
import dev.millrace.compose.dlq.DeadLetter;
import dev.millrace.compose.dlq.DeadLetterFilter;
import dev.millrace.compose.dlq.DeadLetters;
import dev.millrace.compose.dlq.DlqException;
import dev.millrace.compose.dlq.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends rejected records back. */
@Command(
        name = "retry",
        description = {
            "Sends rejected records again, to the topic and partition in which they were rejected: one record, those that"
                    + " match a filter, or --all. Key, value and headers are what they were.",
            "Worth doing when the rules have changed, or with a corrected value; a record that is still bad is rejected"
                    + " again. After " + Retry.MOST_ATTEMPTS + " rejections it is not sent any more, but for --force."
                    + " Sending an event twice stores it once.",
            "A receipt a line on stdout, with the place where the record lies now. It stays in the list: events.dlq.v1"
                    + " remembers."
        },
        footer = {
            "",
            "Examples:",
            "  millrace dlq retry --reason number_out_of_range --dry-run",
            "  millrace dlq retry --reason number_out_of_range > receipts.ndjson",
            "  millrace dlq retry 0:42 --value corrected.json      an event, as for publish, with its event_id",
            "  millrace dlq retry events.raw.v1:3:17 --value corrected.bin --raw",
            "",
            "Exit codes: 0 all sent, 1 none was or none matched, 3 some were not, 4 Kafka or the topic is not there."
        })
final class DlqRetryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Mixin
    private OutputOption output;

    @Mixin
    private DlqFilterOptions filters;

    @Parameters(
            paramLabel = "TOPIC:PARTITION:OFFSET",
            arity = "0..1",
            description = "The one that was rejected there; PARTITION:OFFSET is one of events.v1.",
            converter = CoordinateConverter.class)
    private @Nullable Coordinate origin;

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    @Option(names = "--dry-run", description = "Says what would be sent, and sends nothing.")
    private boolean dryRun;

    @Option(names = "--force", description = "Sends also what was rejected " + Retry.MOST_ATTEMPTS + " times or more.")
    private boolean force;

    @Option(
            names = "--value",
            paramLabel = "FILE",
            description = "Sends another value in place of that one's: an event as for publish, checked before.")
    private @Nullable Path value;

    @Option(names = "--raw", description = "FILE has the bytes of the value; nothing is checked.")
    private boolean raw;

    @Override
    public Integer call() throws Exception {
        DeadLetterFilter filter = filters.filter();
        requireValueForOne();
        requireOneChoice(!filter.equals(DeadLetterFilter.ALL));
        DlqSession session = new DlqSession(spec, options);
        byte @Nullable [] corrected = value == null ? null : Files.readAllBytes(value);
        return session.run((letters, progress) -> {
            try (RetryRun run = new RetryRun(spec, session.kafkaProperties(), dryRun, force, progress::say)) {
                if (origin == null) {
                    letters.forEach(filter, letter -> run.take(Retry.unchanged(letter)));
                } else {
                    run.take(retry(letters, origin, corrected));
                }
                return run.end(output.isJson());
            }
        });
    }

    private Retry retry(DeadLetters letters, Coordinate wanted, byte @Nullable [] corrected) throws IOException {
        DeadLetter letter = letters.find(wanted)
                .orElseThrow(() -> new DlqException(
                        DlqException.Kind.FAILED, "nothing was rejected at " + wanted + "; see 'millrace dlq list'"));
        if (corrected == null) {
            return Retry.unchanged(letter);
        }
        return raw ? CorrectedValue.raw(letter, corrected) : CorrectedValue.event(letter, corrected);
    }

    private void requireOneChoice(boolean filtered) {
        int choices = (origin == null ? 0 : 1) + (filtered ? 1 : 0) + (all ? 1 : 0);
        if (choices == 0) {
            throw refuse("say which: TOPIC:PARTITION:OFFSET, a filter, or --all");
        }
        if (choices > 1) {
            throw refuse("TOPIC:PARTITION:OFFSET, a filter and --all exclude each other");
        }
    }

    private void requireValueForOne() {
        if (value != null && origin == null) {
            throw refuse("--value is for one record: say which, TOPIC:PARTITION:OFFSET");
        }
        if (raw && value == null) {
            throw refuse("--raw is for --value");
        }
    }

    private ParameterException refuse(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
