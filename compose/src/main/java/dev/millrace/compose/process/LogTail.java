package dev.millrace.compose.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The last words of a child.
 *
 * @param log its log
 * @param from size of the log in bytes when the child was started; what is older is not its own
 */
record LogTail(Path log, long from) {
    private static final int LINES = 8;
    private static final int BYTES = 4096;

    /** A tail of what is appended from now on. */
    static LogTail ofWhatComes(Path log) {
        try {
            return new LogTail(log, Files.exists(log) ? Files.size(log) : 0);
        } catch (IOException unreadable) {
            return new LogTail(log, 0);
        }
    }

    /** The last lines with the log's name above them, for a message to a person. */
    String describe() {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            channel.position(Math.max(from, channel.size() - BYTES));
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until the end of the file
            }
            List<String> lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            return "the end of " + log + ":\n  " + String.join("\n  ", last);
        } catch (IOException unreadable) {
            return "see " + log;
        }
    }
}
