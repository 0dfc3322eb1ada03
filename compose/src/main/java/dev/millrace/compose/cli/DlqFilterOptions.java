package dev.millrace.compose.cli;

import dev.millrace.compose.dlq.DeadLetterFilter;
import dev.millrace.schemas.event.RejectReason;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which rejected records a command is about. */
final class DlqFilterOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "Only those rejected for this reason, or for another --reason.")
    private List<String> reasons = List.of();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only those rejected in this topic.")
    private @Nullable String topic;

    @Option(names = "--partition", paramLabel = "P", description = "Only those rejected in this partition.")
    private @Nullable Integer partition;

    @Option(names = "--from-offset", paramLabel = "N", description = "Only those rejected at this offset or above.")
    private @Nullable Long fromOffset;

    @Option(names = "--until-offset", paramLabel = "N", description = "Only those rejected below this offset.")
    private @Nullable Long untilOffset;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those that were published as rejected at this time or later, as 2026-11-22T10:15:00Z.")
    private @Nullable OffsetDateTime since;

    /**
     * What was asked for.
     *
     * @throws ParameterException if there is no such reason
     */
    DeadLetterFilter filter() {
        List<String> known =
                Stream.of(RejectReason.values()).map(RejectReason::label).toList();
        for (String reason : reasons) {
            if (!known.contains(reason)) {
                throw new ParameterException(
                        command.commandLine(),
                        "there is no reason '" + reason + "'; there are " + String.join(", ", known));
            }
        }
        return new DeadLetterFilter(
                reasons, topic, partition, fromOffset, untilOffset, since == null ? null : since.toInstant());
    }
}
