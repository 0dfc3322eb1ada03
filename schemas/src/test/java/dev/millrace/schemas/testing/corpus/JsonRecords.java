package dev.millrace.schemas.testing.corpus;

import static dev.millrace.schemas.event.RejectReason.DUPLICATE_KEY;
import static dev.millrace.schemas.event.RejectReason.INVALID_JSON;
import static dev.millrace.schemas.event.RejectReason.INVALID_SURROGATE;
import static dev.millrace.schemas.event.RejectReason.NOT_AN_OBJECT;
import static dev.millrace.schemas.event.RejectReason.NUL_CHARACTER;

import dev.millrace.schemas.event.RejectReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Short JSON texts, each as payload and as metadata. */
final class JsonRecords {
    private static final Map<String, String> STORED = new LinkedHashMap<>();
    private static final Map<RejectReason, Map<String, String>> REJECTED = new LinkedHashMap<>();

    static {
        STORED.put("escaped-backslash-u0000", "{\"a\": \"\\\\u0000\"}");
        STORED.put("escaped-pair", "{\"a\": \"\\ud83d\\ude00\"}");
        STORED.put("escaped-pair-in-name", "{\"\\ud83d\\ude00\": 1}");
        STORED.put("every-escape", "{\"a\": \"\\/\\b\\f\\n\\r\\t\\\"\\\\\\u0001\\u001f\\u007f\\u2028\\uffff\"}");
        STORED.put("delete-character", "{\"a\": \"\u007F\"}");
        STORED.put("empty-name", "{\"\": 1}");
        STORED.put("proto", "{\"__proto__\": 1, \"constructor\": {\"prototype\": 1}}");
        STORED.put("names-that-differ-in-case", "{\"id\": 1, \"ID\": 2, \"Id\": 3}");
        STORED.put("names-of-columns", "{\"event_id\": 1, \"payload\": {\"payload\": {}}, \"metadata\": null}");
        STORED.put("empty-string-and-null", "{\"a\": \"\", \"b\": null, \"c\": [], \"d\": {}}");
        STORED.put("white-space", "\t\r\n { \"a\"\n:\t[ ] }\r\n ");
        STORED.put("words", "{\"a\": [true, false, null]}");

        rejected(INVALID_JSON, "trailing-comma", "{\"a\":1,}");
        rejected(INVALID_JSON, "single-quotes", "{'a':1}");
        rejected(INVALID_JSON, "comment", "{/* */\"a\":1}");
        rejected(INVALID_JSON, "line-comment", "{\"a\":1}// x");
        rejected(INVALID_JSON, "nan", "{\"a\":NaN}");
        rejected(INVALID_JSON, "infinity", "{\"a\":Infinity}");
        rejected(INVALID_JSON, "minus-infinity", "{\"a\":-Infinity}");
        rejected(INVALID_JSON, "leading-zero", "{\"a\":01}");
        rejected(INVALID_JSON, "plus", "{\"a\":+1}");
        rejected(INVALID_JSON, "no-integer-part", "{\"a\":.5}");
        rejected(INVALID_JSON, "no-fraction", "{\"a\":1.}");
        rejected(INVALID_JSON, "hexadecimal", "{\"a\":0x1F}");
        rejected(INVALID_JSON, "digit-groups", "{\"a\":1_000}");
        rejected(INVALID_JSON, "two-documents", "{\"a\":1} {\"a\":2}");
        rejected(INVALID_JSON, "two-empty-documents", "{}{}");
        rejected(NUL_CHARACTER, "raw-nul", "{\"a\":\"\0\"}");
        rejected(INVALID_JSON, "raw-0x01", "{\"a\":\"\u0001\"}");
        rejected(INVALID_JSON, "raw-newline", "{\"a\":\"x\ny\"}");
        rejected(INVALID_JSON, "raw-tab", "{\"a\":\"x\ty\"}");
        rejected(NUL_CHARACTER, "nul-after-the-end", "{}\0");
        rejected(INVALID_JSON, "blank", " ");
        rejected(INVALID_JSON, "unclosed-object", "{\"a\":{}");
        rejected(INVALID_JSON, "unclosed-string", "{\"a\":\"x");
        rejected(INVALID_JSON, "backslash-at-the-end", "{\"a\":\"\\");
        rejected(NOT_AN_OBJECT, "null", "null");
        rejected(NOT_AN_OBJECT, "string", "\"a\"");
        rejected(NOT_AN_OBJECT, "number", "1");
        rejected(NOT_AN_OBJECT, "array", "[{\"a\":1}]");
        rejected(DUPLICATE_KEY, "name-twice", "{\"a\":1,\"a\":2}");
        rejected(DUPLICATE_KEY, "name-twice-with-equal-values", "{\"a\":1,\"b\":0,\"a\":1}");
        rejected(DUPLICATE_KEY, "name-twice-by-escape", "{\"a\":1,\"\\u0061\":2}");
        rejected(DUPLICATE_KEY, "name-twice-deep", "{\"x\":[{\"y\":{\"a\":1,\"a\":2}}]}");
        rejected(DUPLICATE_KEY, "empty-name-twice", "{\"\":1,\"\":2}");
        rejected(NUL_CHARACTER, "u0000-in-value", "{\"a\":\"x\\u0000y\"}");
        rejected(NUL_CHARACTER, "u0000-in-name", "{\"\\u0000\":1}");
        rejected(NUL_CHARACTER, "u0000-in-nested-name", "{\"a\":[{\"b\\u0000\":1}]}");
        rejected(INVALID_SURROGATE, "high-alone", "{\"a\":\"\\ud83d\"}");
        rejected(INVALID_SURROGATE, "low-alone", "{\"a\":\"\\ude00\"}");
        rejected(INVALID_SURROGATE, "pair-in-the-wrong-order", "{\"a\":\"\\ude00\\ud83d\"}");
        rejected(INVALID_SURROGATE, "high-before-a-letter", "{\"a\":\"\\ud83dx\"}");
        rejected(INVALID_SURROGATE, "high-before-an-escape", "{\"a\":\"\\ud83d\\n\"}");
        rejected(INVALID_SURROGATE, "high-twice", "{\"a\":\"\\ud83d\\ud83d\\ude00\"}");
        rejected(INVALID_SURROGATE, "high-alone-in-name", "{\"\\ud83d\":1}");
    }

    private JsonRecords() {}

    static void add(Function<String, Draft> draft) {
        STORED.forEach((name, json) -> {
            draft.apply("json." + name + "-as-payload").payload(json).stored();
            draft.apply("json." + name + "-as-metadata").metadata(json).stored();
        });
        REJECTED.forEach((reason, texts) -> texts.forEach((name, json) -> {
            draft.apply("json." + name + "-as-payload").payload(json).rejected(reason);
            draft.apply("json." + name + "-as-metadata").metadata(json).rejected(reason);
        }));
    }

    private static void rejected(RejectReason reason, String name, String json) {
        REJECTED.computeIfAbsent(reason, first -> new LinkedHashMap<>()).put(name, json);
    }
}
