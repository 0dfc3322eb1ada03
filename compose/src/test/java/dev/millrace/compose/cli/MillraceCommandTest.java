package dev.millrace.compose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MillraceCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            MillraceCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @ParameterizedTest
    @ValueSource(strings = {"--bogus", "up --bogus", "upp", "up --port-offset x", "up --port-offset 70000"})
    void wrongUsageIsExitCodeTwoAndOneLineOnStderr(String line) {
        // When
        int exitCode = command.execute(line.split(" "));
        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("millrace: ");
    }

    @Test
    void missingCommandIsWrongUsage() {
        assertThat(command.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("a command is missing", "--help");
    }

    @Test
    void everyCommandHasHelpWithAnExampleThatCanBePasted() {
        assertThat(withAllBelow(command)).hasSizeGreaterThan(7).allSatisfy(each -> {
            String help = each.getUsageMessage();
            List<String> examples = Stream.of(
                            each.getCommandSpec().usageMessage().footer())
                    .filter(line -> line.startsWith("  "))
                    .toList();
            assertThat(help.lines()).containsAll(examples);
            assertThat(examples).anyMatch(line -> line.contains("millrace "));
        });
    }

    @Test
    void everyCommandAnswersToHelp() {
        for (String line : List.of("--help", "up --help", "sink -h", "config --help", "config print --help")) {
            assertThat(command.execute(line.split(" "))).isZero();
        }
        assertThat(out.toString()).contains("Usage: millrace config print");
    }

    private static List<CommandLine> withAllBelow(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(each -> all.addAll(withAllBelow(each)));
        return all;
    }

    @Test
    void exitCodeTellsWhoHasToAct() {
        assertThat(FailureReport.exitCode(new StackException(Kind.USAGE, ""))).isEqualTo(2);
        assertThat(FailureReport.exitCode(new StackException(Kind.FAILED, ""))).isEqualTo(1);
        assertThat(FailureReport.exitCode(new StackException(Kind.UNAVAILABLE, "")))
                .isEqualTo(4);
        assertThat(FailureReport.exitCode(new IllegalStateException("x"))).isEqualTo(1);
    }

    @Test
    void causeOutsideThisProcessIsExitCodeFour() {
        assertThat(FailureReport.exitCode(new IllegalStateException(new BindException("taken"))))
                .isEqualTo(4);
        assertThat(FailureReport.exitCode(new IllegalStateException(new SQLException("gone", "08006"))))
                .isEqualTo(4);
        assertThat(FailureReport.exitCode(new FileSystemException("f", null, "No space left on device")))
                .isEqualTo(4);
        assertThat(FailureReport.exitCode(new SQLException("wrong", "42601"))).isEqualTo(1);
    }
}
