package dev.millrace.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InputLinesTest {
    @Test
    void linesAreCutAndCountedWithBlankOnes() throws IOException {
        // When
        List<String> lines = linesOf("a\n\n \t\r\nb\r\nc", 100);
        // Then
        assertThat(lines).containsExactly("1=a", "2=(blank)", "3=(blank)", "4=b\r", "5=c");
    }

    @Test
    void lineEndAtTheEndMakesNoFurtherLine() throws IOException {
        // When
        List<String> lines = linesOf("a\n", 100);
        // Then
        assertThat(lines).containsExactly("1=a");
        assertThat(linesOf("", 100)).isEmpty();
    }

    @Test
    void lineOverTheLimitIsDroppedAlone() throws IOException {
        // When
        List<String> lines = linesOf("12345\n123456\n" + "x".repeat(1_000_000) + "\n12345", 5);
        // Then
        assertThat(lines).containsExactly("1=12345", "2=(too long)", "3=(too long)", "4=12345");
    }

    @Test
    void linesLongerThanTheBufferAreWhole() throws IOException {
        // Given
        String longLine = "abcdefg".repeat(100_000);
        // When
        List<String> lines = linesOf(longLine + "\n" + longLine, 1_000_000);
        // Then
        assertThat(lines).containsExactly("1=" + longLine, "2=" + longLine);
    }

    @Test
    @Timeout(10)
    void lineIsThereBeforeTheNextOneBegins() throws IOException {
        // Given
        try (PipedOutputStream writer = new PipedOutputStream();
                InputStream input = new PipedInputStream(writer)) {
            writer.write("first\n".getBytes(StandardCharsets.UTF_8));
            writer.flush();
            InputLines lines = new InputLines(input, 100);
            // When
            InputLines.Line line = lines.next();
            // Then
            assertThat(line.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("first");
        }
    }

    private static List<String> linesOf(String text, int maxBytes) throws IOException {
        InputLines lines = new InputLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), maxBytes);
        List<String> found = new ArrayList<>();
        for (InputLines.Line line = lines.next(); line != null; line = lines.next()) {
            found.add(line.number() + "=" + shown(line));
        }
        return found;
    }

    private static String shown(InputLines.Line line) {
        if (line.bytes() == null) {
            return "(too long)";
        }
        return line.isBlank() ? "(blank)" : new String(line.bytes(), StandardCharsets.UTF_8);
    }
}
