package dev.millrace.query;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Takes a chunked HTTP answer apart, as its bytes come: the head, then line by line. Not thread-safe. */
final class SseParser {
    private enum Part {
        HEAD,
        SIZE,
        DATA,
        LINE_BREAK,
        END,
        WHOLE
    }

    private final BiConsumer<Boolean, String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder head = new StringBuilder();
    private Part part = Part.HEAD;
    private int left;

    /** @param lines is given each line of the body; and before them the head, as a whole, with {@code true} */
    SseParser(BiConsumer<Boolean, String> lines) {
        this.lines = lines;
    }

    /** Whether the last chunk came. */
    boolean isComplete() {
        return part == Part.END;
    }

    /** What of the body has no end of line yet. */
    String rest() {
        return line.toString(StandardCharsets.UTF_8);
    }

    void feed(byte[] bytes, int length) {
        int index = 0;
        while (index < length) {
            if (part == Part.DATA || part == Part.WHOLE) {
                int run = part == Part.WHOLE ? length - index : Math.min(left, length - index);
                body(bytes, index, run);
                index += run;
                left -= run;
                if (part == Part.DATA && left == 0) {
                    part = Part.LINE_BREAK;
                }
            } else {
                frame((char) bytes[index++]);
            }
        }
    }

    private void frame(char character) {
        switch (part) {
            case HEAD -> {
                head.append(character);
                if (head.length() > 3 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                    lines.accept(true, head.toString());
                    part = head.indexOf("chunked") >= 0 ? Part.SIZE : Part.WHOLE;
                    head.setLength(0);
                }
            }
            case SIZE -> {
                head.append(character);
                if (character == '\n') {
                    left = Integer.parseInt(head.toString().strip(), 16);
                    head.setLength(0);
                    part = left == 0 ? Part.END : Part.DATA;
                }
            }
            case LINE_BREAK -> part = character == '\n' ? Part.SIZE : Part.LINE_BREAK;
            default -> {
                // The line break behind the last chunk.
            }
        }
    }

    private void body(byte[] bytes, int from, int length) {
        int begin = from;
        for (int index = from; index < from + length; index++) {
            if (bytes[index] == '\n') {
                line.write(bytes, begin, index - begin);
                lines.accept(false, line.toString(StandardCharsets.UTF_8));
                line.reset();
                begin = index + 1;
            }
        }
        line.write(bytes, begin, from + length - begin);
    }
}
