package dev.millrace.schemas.testing.corpus;

import static dev.millrace.schemas.event.RejectReason.INVALID_JSON;
import static dev.millrace.schemas.event.RejectReason.INVALID_UTF8;

import dev.millrace.schemas.testing.RecordBytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Bytes that are no UTF-8, and characters that are but look otherwise, in every part that is text. */
final class TextRecords {
    private static final Map<String, String> NOT_UTF8 = new LinkedHashMap<>();
    private static final Map<String, String> TEXTS = new LinkedHashMap<>();

    static {
        NOT_UTF8.put("ff", "ff");
        NOT_UTF8.put("lone-continuation", "80");
        NOT_UTF8.put("overlong-nul", "c080");
        NOT_UTF8.put("overlong-slash", "c1af");
        NOT_UTF8.put("overlong-three", "e08080");
        NOT_UTF8.put("overlong-four", "f0808080");
        NOT_UTF8.put("high-surrogate", "eda0bd");
        NOT_UTF8.put("first-surrogate", "eda080");
        NOT_UTF8.put("surrogate-pair", "eda0bdedb880");
        NOT_UTF8.put("cut", "e282");
        NOT_UTF8.put("above-10ffff", "f4908080");
        NOT_UTF8.put("five-bytes", "f888808080");
        NOT_UTF8.put("latin-1", "636166e9");

        TEXTS.put("backslash-n", "\\N");
        TEXTS.put("backslash-dot", "\\.");
        TEXTS.put("backslashes", "\\\\");
        TEXTS.put("backslash-x", "\\x41");
        TEXTS.put("injection", "'; DROP TABLE event;--");
        TEXTS.put("quotes", "\"\"'");
        TEXTS.put("percent", "%");
        TEXTS.put("percent-encoded", "%00%41");
        TEXTS.put("underscore", "_");
        TEXTS.put("dollars", "$$ $1 ${a}");
        TEXTS.put("braces", "{}");
        TEXTS.put("array-literal", "{\"a\",NULL}");
        TEXTS.put("null-word", "NULL");
        TEXTS.put("only-a-space", " ");
        TEXTS.put("plus-and-ampersand", "a+b&c=d#e;f/g?h");
        TEXTS.put("byte-order-mark", "\uFEFFa");
        TEXTS.put("fffe", "\uFFFE");
        TEXTS.put("ffff", "\uFFFF");
        TEXTS.put("right-to-left-override", "\u202Egnp.exe");
        TEXTS.put("zero-width-space", "a\u200Bb");
        TEXTS.put("line-separator", "a\u2028b\u2029c");
        TEXTS.put("nfc", "caf\u00E9");
        TEXTS.put("nfd", "cafe\u0301");
        TEXTS.put("emoji-with-joiner", "👩‍🚀👨‍👩‍👧‍👦");
        TEXTS.put("last-code-point", "\uDBFF\uDFFF");
        TEXTS.put("no-break-space", "\u00A0");
    }

    private TextRecords() {}

    static void add(Function<String, Draft> draft) {
        NOT_UTF8.forEach((name, hex) -> notUtf8(draft, name, hex));
        TEXTS.forEach((name, text) -> text(draft, name, text));
        byteOrderMarks(draft);
    }

    private static void notUtf8(Function<String, Draft> draft, String name, String hex) {
        draft.apply("utf8." + name + "-in-type").type(hex(hex)).rejected(INVALID_UTF8);
        draft.apply("utf8." + name + "-in-key").key(hex(hex)).rejected(INVALID_UTF8);
        byte[] value = hex("7b2261223a22" + hex + "227d");
        draft.apply("utf8." + name + "-in-payload").payload(value).rejected(INVALID_UTF8);
        draft.apply("utf8." + name + "-in-metadata").metadata(value).rejected(INVALID_UTF8);
        draft.apply("utf8." + name + "-in-member-name")
                .payload(hex("7b22" + hex + "223a317d"))
                .rejected(INVALID_UTF8);
    }

    private static void text(Function<String, Draft> draft, String name, String text) {
        String quoted = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        draft.apply("text." + name + "-as-type").type(text).stored();
        draft.apply("text." + name + "-as-key").key(text).stored();
        draft.apply("text." + name + "-in-payload")
                .payload("{" + quoted + ": " + quoted + "}")
                .metadata("{" + quoted + ": [" + quoted + "]}")
                .stored();
    }

    private static void byteOrderMarks(Function<String, Draft> draft) {
        draft.apply("utf8.ff-between-tokens").payload(hex("7b2261223aff7d")).rejected(INVALID_UTF8);
        draft.apply("utf8.character-between-tokens").payload("{\"a\":\u00e9}").rejected(INVALID_JSON);
        draft.apply("utf8.byte-order-mark-before-payload").payload("\uFEFF{}").rejected(INVALID_JSON);
        draft.apply("utf8.byte-order-mark-after-payload").payload("{}\uFEFF").rejected(INVALID_JSON);
        draft.apply("utf8.byte-order-mark-before-metadata").metadata("\uFEFF{}").rejected(INVALID_JSON);
        draft.apply("text.nfc-and-nfd-in-one-object")
                .payload("{\"caf\u00E9\": 1, \"cafe\u0301\": 2}")
                .stored();
    }

    private static byte[] hex(String digits) {
        return new RecordBytes().hex(digits).toBytes();
    }
}
