package dev.millrace.compose.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A terminal that somebody looks at.
 *
 * @param columns its width in characters
 */
public record Terminal(int columns) {
    private static final int USUAL_COLUMNS = 80;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

    /** The terminal that stderr is; null if it is a file or a pipe. Runs a process where it may be one. */
    public static @Nullable Terminal ofStandardError() {
        return at(2);
    }

    /** The same for stdout. */
    public static @Nullable Terminal ofStandardOutput() {
        return at(1);
    }

    /** Whether text may be coloured: not on a simple terminal, and not where NO_COLOR says so. */
    public static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** Java's own answer, System.console(), says nothing of stderr when stdout goes to a file. */
    private static @Nullable Terminal at(int descriptor) {
        return mayBeTerminal(Path.of("/proc/self/fd/" + descriptor)) ? ask(new File("/dev/fd/" + descriptor)) : null;
    }

    /** Where the kernel shows what is open, the usual file or pipe costs no process. */
    private static boolean mayBeTerminal(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/") && !target.equals("/dev/null");
        } catch (IOException | UnsupportedOperationException notShown) {
            return !Files.exists(Path.of("/proc/self"));
        }
    }

    private static @Nullable Terminal ask(File device) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(device)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher size = SIZE.matcher(answer);
            if (stty.waitFor() != 0 || !size.matches()) {
                return null;
            }
            int columns = Integer.parseInt(size.group(1));
            return new Terminal(columns == 0 ? USUAL_COLUMNS : columns);
        } catch (IOException noAnswer) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
