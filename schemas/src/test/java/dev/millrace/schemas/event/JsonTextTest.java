package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private final CheckedJson json = new CheckedJson();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\u0000\"}",
                "{\"\\u0000\":1}",
                "{\"x\":[{\"a\\u0000b\":1}]}",
                "{\"a\":\"\0\"}",
                "{\0}",
                "\0",
                "{}\0"
            })
    void nulIsRefusedRawAndEscaped(String document) {
        // When
        RejectReason reason = json.reason(document);
        // Then
        assertThat(reason).isEqualTo(RejectReason.NUL_CHARACTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud83d",
                "\\ude00",
                "\\ude00\\ud83d",
                "\\ud83d\\ud83d",
                "\\ud83d\\u0041",
                "\\ud83dx",
                "\\ud83dé",
                "\\ud83d\\n",
                "\\uD83D \\uDE00",
                "x\\udfff"
            })
    void halfOfASurrogatePairIsRefused(String content) {
        // When
        RejectReason reason = json.reason("{\"a\":\"" + content + "\"}");
        // Then
        assertThat(reason).isEqualTo(RejectReason.INVALID_SURROGATE);
        assertThat(json.reason("{\"" + content + "\":1}")).isEqualTo(RejectReason.INVALID_SURROGATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FF",
                "80",
                "C080",
                "C1BF",
                "EDA0BD",
                "EDA080",
                "E282",
                "F4908080",
                "E08080",
                "F08080AF",
                "E9",
                "F8888080"
            })
    void bytesThatAreNotUtf8AreRefusedWhereverTheyAre(String hex) {
        // Given
        byte[] bytes = HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT));
        // When
        RejectReason reason = json.reason(around("{\"a\":\"", bytes, "\"}"));
        // Then
        assertThat(reason).isEqualTo(RejectReason.INVALID_UTF8);
        assertThat(json.reason(around("{\"", bytes, "\":1}"))).isEqualTo(RejectReason.INVALID_UTF8);
        assertThat(json.reason(around("{\"a\":", bytes, "}"))).isEqualTo(RejectReason.INVALID_UTF8);
        assertThat(json.reason(around("", bytes, "{}"))).isEqualTo(RejectReason.INVALID_UTF8);
        assertThat(json.reason(around("{\"a\":\"", bytes, ""))).isEqualTo(RejectReason.INVALID_UTF8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFFFE\uFFFF", "\u202E", "\u200B", "\uFEFF", "\uDBFF\uDFFF", "\u0080\u009F", "\u007F"})
    void strangeCharactersAreText(String text) {
        // When
        long size = json.size("{\"a\": \"" + text + "\"}");
        // Then
        assertThat(size).isEqualTo(9 + text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static byte[] around(String before, byte[] middle, String after) {
        byte[] bytes = Arrays.copyOf(
                before.getBytes(StandardCharsets.UTF_8), before.length() + middle.length + after.length());
        System.arraycopy(middle, 0, bytes, before.length(), middle.length);
        System.arraycopy(
                after.getBytes(StandardCharsets.UTF_8), 0, bytes, before.length() + middle.length, after.length());
        return bytes;
    }
}
