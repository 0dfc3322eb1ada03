package dev.millrace.compose.dlq;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bytes that may be anything, so that a terminal can show them. */
final class Bytes {
    private static final int ROW = 16;

    /** What a person looks at; all of it is for a file. */
    private static final int MOST_SHOWN = 4_096;

    private Bytes() {}

    /** The text that they are in UTF-8; null if they are none. */
    static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            return null;
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Without what moves a terminal's cursor, or colours it. */
    static String printable(String text) {
        return text.codePoints()
                .map(next -> Character.isISOControl(next) || Character.getType(next) == Character.FORMAT ? '?' : next)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** In the rest of a line. */
    static String inline(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "none";
        }
        String text = text(bytes);
        return text == null ? "0x" + hex(shown(bytes)) : printable(text);
    }

    /** Text as its lines, anything else as offset, hexadecimal and what is readable of it. */
    static List<String> block(byte @Nullable [] bytes) {
        if (bytes == null) {
            return List.of();
        }
        String text = text(bytes);
        if (text != null) {
            return text.lines().map(line -> "  " + printable(line)).toList();
        }
        byte[] shown = shown(bytes);
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < shown.length; from += ROW) {
            byte[] row = Arrays.copyOfRange(shown, from, Math.min(from + ROW, shown.length));
            lines.add("  %08x  %-47s  %s"
                    .formatted(from, HexFormat.ofDelimiter(" ").formatHex(row), readable(row)));
        }
        if (shown.length < bytes.length) {
            lines.add("  … " + (bytes.length - shown.length) + " bytes more; --raw writes all of them");
        }
        return lines;
    }

    private static byte[] shown(byte[] bytes) {
        return bytes.length <= MOST_SHOWN ? bytes : Arrays.copyOf(bytes, MOST_SHOWN);
    }

    private static String readable(byte[] row) {
        return new String(row, StandardCharsets.ISO_8859_1)
                .chars()
                .mapToObj(next -> next >= ' ' && next <= '~' ? Character.toString(next) : ".")
                .collect(Collectors.joining());
    }
}
