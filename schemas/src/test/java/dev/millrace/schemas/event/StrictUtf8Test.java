package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StrictUtf8Test {
    @Test
    void everyCodePointIsOneCharacterOfItsLength() {
        for (int codePoint = 0x80; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                // Given
                byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                // When
                int length = StrictUtf8.characterLength(bytes, 0, bytes.length);
                // Then
                assertThat(length).isEqualTo(bytes.length);
            }
        }
    }

    /** All sequences of three bytes decide what can follow what; the rest is continuation bytes. */
    @Test
    void bytesAreRefusedExactlyWhenTheStrictDecoderRefusesThem() {
        byte[] interesting = {
            0x00,
            0x7F,
            (byte) 0x80,
            (byte) 0x8F,
            (byte) 0x90,
            (byte) 0x9F,
            (byte) 0xA0,
            (byte) 0xBF,
            (byte) 0xC0,
            (byte) 0xFF
        };
        for (int first = 0x80; first <= 0xFF; first++) {
            for (byte second : interesting) {
                for (byte third : interesting) {
                    for (byte fourth : interesting) {
                        // Given
                        byte[] bytes = {(byte) first, second, third, fourth};
                        // When
                        int length = StrictUtf8.characterLength(bytes, 0, bytes.length);
                        // Then
                        assertThat(length)
                                .as("%x %x %x %x", first, second, third, fourth)
                                .isEqualTo(expected(bytes));
                    }
                }
            }
        }
    }

    @Test
    void characterCutByTheEndIsNone() {
        // Given
        byte[] bytes = "😀".getBytes(StandardCharsets.UTF_8);
        for (int end = 1; end < bytes.length; end++) {
            // When
            int length = StrictUtf8.characterLength(bytes, 0, end);
            // Then
            assertThat(length).isZero();
        }
    }

    private static int expected(byte[] bytes) {
        for (int length = 2; length <= 4; length++) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, length))
                        .toString();
                if (text.codePointCount(0, text.length()) == 1) {
                    return length;
                }
            } catch (CharacterCodingException notThisLong) {
                // Tried with one byte more.
            }
        }
        return 0;
    }
}
