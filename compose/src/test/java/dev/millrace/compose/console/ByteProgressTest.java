package dev.millrace.compose.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ByteProgressTest {
    private final StringWriter out = new StringWriter();

    @Test
    void withoutTerminalOnlyWhatIsSaidIsPrinted() throws IOException {
        // When
        try (ByteProgress progress = new ByteProgress("reading", 3, new PrintWriter(out), null)) {
            read(progress);
            progress.say("line 2: bad");
        }
        // Then
        assertThat(out).hasToString("line 2: bad" + System.lineSeparator());
    }

    @Test
    void onTerminalTheBarFitsIsLeftByOtherLinesAndGoesAtTheEnd() throws IOException {
        // When
        try (ByteProgress progress = new ByteProgress("reading", 3_000_000, new PrintWriter(out), new Terminal(40))) {
            read(progress);
            progress.say("line 2: bad");
        }
        // Then
        assertThat(out.toString()).contains("reading", "\r\033[Kline 2: bad" + System.lineSeparator());
        assertThat(out.toString()).endsWith("\r\033[K");
        assertThat(out.toString().split("\r\033\\[K|\\R")).allMatch(part -> part.length() < 40);
    }

    @Test
    void colourIsForTerminalsThatHaveItAndUsersWhoWantIt() {
        assertThat(Terminal.wantsColour(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "")))
                .isTrue();
        assertThat(Terminal.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(Terminal.wantsColour(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.wantsColour(Map.of())).isFalse();
    }

    private static void read(ByteProgress progress) throws IOException {
        try (InputStream counted = progress.count(new ByteArrayInputStream(new byte[3]))) {
            assertThat(counted.readAllBytes()).hasSize(3);
        }
    }
}
