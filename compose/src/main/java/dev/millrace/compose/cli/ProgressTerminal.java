package dev.millrace.compose.cli;

import dev.millrace.compose.console.Terminal;
import dev.millrace.compose.log.LogSettings;
import org.jspecify.annotations.Nullable;

/** Decides whether progress is drawn: somebody looks at stderr, and it is not JSON. */
final class ProgressTerminal {
    private ProgressTerminal() {}

    /** Where to draw; null for not at all. */
    static @Nullable Terminal find() {
        return LogSettings.from(System.getenv()).isJson() ? null : Terminal.ofStandardError();
    }

    /** The same for a command whose data would run over the bar, if both went to the terminal. */
    static @Nullable Terminal findBesideData() {
        Terminal terminal = find();
        return terminal == null || Terminal.ofStandardOutput() != null ? null : terminal;
    }
}
