package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCheckerTest {
    private final CheckedJson json = new CheckedJson();

    /** The second column is what PostgreSQL 18 prints. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {}",
                "{\"a\":1} | {\"a\": 1}",
                "{ \"a\" : [ 1 , 2 , { } ] , \"b\" : null } | {\"a\": [1, 2, {}], \"b\": null}",
                "{\"a\":true,\"b\":false,\"c\":[]} | {\"a\": true, \"b\": false, \"c\": []}",
                "{\"\":1} | {\"\": 1}",
                "{\"__proto__\":1,\"id\":1,\"ID\":2} | {\"ID\": 2, \"id\": 1, \"__proto__\": 1}",
                "{\"a\":\"\\\\u0000\"} | {\"a\": \"\\\\u0000\"}",
                "{\"a\":\"\\ud83d\\ude00\"} | {\"a\": \"😀\"}",
                "{\"a\":\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"} | {\"a\": \"/\\b\\f\\n\\r\\t\\\"\\\\\"}",
                "{\"a\":\"\\u002f\\u0008\\u000c\\u000A\\u005C\"} | {\"a\": \"/\\b\\f\\n\\\\\"}",
                "{\"a\":\"\\u0001\\u001f\\u0041\"} | {\"a\": \"\\u0001\\u001fA\"}",
                "{\"a\":\"\\u007f\\u0080\\u07ff\\u0800\\uffff\"} | {\"a\": \"\u007f\u0080\u07ff\u0800\uffff\"}",
                "{\"é\":\"é\",\"e\u0301\":\"👩‍🚀\"} | {\"é\": \"é\", \"e\u0301\": \"👩‍🚀\"}"
            })
    void sizeIsThatOfThePrintedForm(String document, String printed) {
        // When
        long size = json.size(document);
        // Then
        assertThat(size).isEqualTo(printed.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void whiteSpaceBetweenTokensIsNotPrinted() {
        // When
        long size = json.size("\t\r\n { \r\"a\"\n:\t[ ]\n} \n");
        // Then
        assertThat(size).isEqualTo("{\"a\": []}".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{null:1}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":[1}",
                "{\"a\":{]}",
                "{\"a\":\"x}",
                "{\"a\":\"x\\\"}",
                "{\"a\":\"\\",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\u\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u１234\"}",
                "{\"a\":\"\\U0041\"}",
                "{\"a\":\"raw\u0001\"}",
                "{\"a\":\"raw\u001f\"}",
                "{\"a\":\"raw\nline\"}",
                "{\"a\":\"raw\ttab\"}",
                "{\"a\":'x'}",
                "{\"a\":1}//",
                "{/**/\"a\":1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":nul}",
                "{\"a\":nulL}",
                "{\"a\":True}",
                "{\"a\":truefalse}",
                "{\"a\":01}",
                "{\"a\":-01}",
                "{\"a\":00}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1.e5}",
                "{\"a\":-}",
                "{\"a\":--1}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":1e5.5}",
                "{\"a\":0x1F}",
                "{\"a\":1_000}",
                "{\"a\":1\u00a0}",
                "\ufeff{}",
                "{}{}",
                "{} {}",
                "{}x",
                "[]x",
                "\f{}",
                "{\"a\":é}"
            })
    void whatIsNotJsonIsNamedSo(String document) {
        // When
        RejectReason reason = json.reason(document);
        // Then
        assertThat(reason).isEqualTo(RejectReason.INVALID_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "\"text\"", "7", "-1.5e3", "[]", "[{}]", " [ {\"a\":1} ] "})
    void jsonThatIsNoObjectIsNamedSo(String document) {
        // When
        RejectReason reason = json.reason(document);
        // Then
        assertThat(reason).isEqualTo(RejectReason.NOT_AN_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"b\":2,\"a\":1}",
                "{\"\":1,\"\":1}",
                "{\"x\":{\"a\":1,\"b\":{\"a\":1},\"a\":3}}",
                "{\"x\":[{\"a\":1},{\"a\":1,\"a\":1}]}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\\u0061\":1,\"a\":2}",
                "{\"/\":1,\"\\/\":2}",
                "{\"\\n\":1,\"\\u000A\":2}",
                "{\"\\\\\":1,\"\\u005c\":2}",
                "{\"😀\":1,\"\\ud83d\\ude00\":2}"
            })
    void memberNameForTheSecondTimeIsRefused(String document) {
        // When
        RejectReason reason = json.reason(document);
        // Then
        assertThat(reason).isEqualTo(RejectReason.DUPLICATE_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"a\":{\"a\":1}}}",
                "{\"x\":[{\"a\":1},{\"a\":1}],\"a\":{\"x\":1}}",
                "{\"a\":1,\"A\":2,\"a \":3,\"aa\":4}",
                "{\"\\\\n\":1,\"\\n\":2}",
                "{\"é\":1,\"e\u0301\":2}"
            })
    void namesThatOnlyLookEqualAreDifferent(String document) {
        // When
        long size = json.size(document);
        // Then
        assertThat(size).isPositive();
    }

    @Test
    void onlyTheGivenRangeIsRead() {
        // Given
        byte[] bytes = "]{\"a\":1}]".getBytes(StandardCharsets.UTF_8);
        // When
        long size = new JsonChecker().checkObject(bytes, 1, bytes.length - 2);
        // Then
        assertThat(size).isEqualTo(8);
    }

    @Test
    void messageNamesTheByteInTheDocument() {
        // Given
        byte[] bytes = "]]]{\"a\":x}".getBytes(StandardCharsets.UTF_8);
        // When
        InvalidEventException thrown = catchThrowableOfType(
                InvalidEventException.class, () -> new JsonChecker().checkObject(bytes, 3, bytes.length - 3));
        // Then
        assertThat(thrown).hasMessage("invalid_json: a value expected at byte 5");
    }
}
