package dev.millrace.schemas.event;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8, strictly: Java's own conversions replace what they cannot express, which would store
 * something else than was sent.
 */
final class StrictUtf8 {
    private StrictUtf8() {}

    /**
     * @param what names the text in the message
     * @throws InvalidEventException if the text has half of a surrogate pair
     */
    static byte[] encode(CharSequence text, String what) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            byte[] encoded = new byte[bytes.remaining()];
            bytes.get(encoded);
            return encoded;
        } catch (CharacterCodingException malformed) {
            throw new InvalidEventException(RejectReason.INVALID_SURROGATE, what + " has half of a surrogate pair");
        }
    }

    /**
     * Length of the character that begins at {@code position}, a byte of 0x80 or more.
     *
     * @return 2 to 4, or 0 if the bytes are no character: overlong, a surrogate, above U+10FFFF, cut
     */
    static int characterLength(byte[] bytes, int position, int end) {
        int first = bytes[position] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int length = claimedLength(first);
        if (position + length > end || !isSecond(first, bytes[position + 1] & 0xFF)) {
            return 0;
        }
        for (int index = 2; index < length; index++) {
            if ((bytes[position + index] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int claimedLength(int first) {
        return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }

    /** Whether the second byte may follow the first: table 3-7 of the Unicode standard. */
    private static boolean isSecond(int first, int second) {
        return switch (first) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }
}
