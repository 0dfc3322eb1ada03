package dev.millrace.schemas.testing.corpus;

import static dev.millrace.schemas.event.RejectReason.INVALID_TYPE;
import static dev.millrace.schemas.event.RejectReason.NUL_CHARACTER;
import static dev.millrace.schemas.event.RejectReason.TOO_LARGE;
import static dev.millrace.schemas.event.RejectReason.UNDECODABLE;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** Ids, types and keys. */
final class NameRecords {
    private static final Map<String, String> NOT_IDS = new TreeMap<>(Map.of(
            "empty", "",
            "a-word", "not-a-uuid",
            "in-braces", "{0190abcd-0000-7000-8000-00000000000a}",
            "without-hyphens", "0190abcd00007000800000000000000a",
            "urn", "urn:uuid:0190abcd-0000-7000-8000-00000000000a",
            "one-short", "0190abcd-0000-7000-8000-00000000000",
            "one-long", "0190abcd-0000-7000-8000-00000000000aa",
            "not-hexadecimal", "0190abcg-0000-7000-8000-00000000000a",
            "with-wide-digit", "019０cd-0000-7000-8000-00000000000a",
            "3000-characters", random(3_000)));

    private static final Map<String, String> CONTROLS = new TreeMap<>(Map.of(
            "tab",
            "\t",
            "line-feed",
            "\n",
            "carriage-return",
            "\r",
            "escape",
            "\u001B",
            "delete",
            "\u007F",
            "next-line",
            "\u0085",
            "last-c1",
            "\u009F",
            "line-of-only-backslash-dot",
            "a\n\\.\nb"));

    private NameRecords() {}

    static void add(Function<String, Draft> draft) {
        NOT_IDS.forEach((name, text) -> draft.apply("id." + name).id(text).rejected(UNDECODABLE));
        draft.apply("id.nil").id("00000000-0000-0000-0000-000000000000").stored();
        draft.apply("id.all-ones").id("ffffffff-ffff-ffff-ffff-ffffffffffff").stored();
        draft.apply("id.upper-case").id("0190ABCD-0000-7000-8000-0000000000BB").stored();
        draft.apply("id.without-version")
                .id("0190abcd-0000-0000-0000-0000000000cc")
                .stored();
        types(draft);
        keys(draft);
    }

    private static void types(Function<String, Draft> draft) {
        CONTROLS.forEach((name, text) ->
                draft.apply("type.with-" + name).type("a" + text + "b").rejected(INVALID_TYPE));
        draft.apply("type.with-nul").type("a\0b").rejected(NUL_CHARACTER);
        draft.apply("type.empty").type("").rejected(INVALID_TYPE);
        draft.apply("type.of-one-character").type("t").stored();
        draft.apply("type.of-200-characters").type("t".repeat(200)).stored();
        draft.apply("type.of-201-characters").type("t".repeat(201)).rejected(INVALID_TYPE);
        draft.apply("type.of-300-characters").type("t".repeat(300)).rejected(INVALID_TYPE);
        draft.apply("type.of-1-mib").type("t".repeat(1 << 20)).rejected(INVALID_TYPE);
        draft.apply("type.of-200-characters-800-bytes").type("😀".repeat(200)).stored();
        draft.apply("type.of-201-characters-804-bytes").type("😀".repeat(201)).rejected(INVALID_TYPE);
    }

    private static void keys(Function<String, Draft> draft) {
        CONTROLS.forEach((name, text) ->
                draft.apply("key.with-" + name).key("a" + text + "b").stored());
        draft.apply("key.null").key((byte[]) null).stored();
        draft.apply("key.empty").key("").stored();
        draft.apply("key.with-nul").key("a\0b").rejected(NUL_CHARACTER);
        draft.apply("key.only-nul").key("\0").rejected(NUL_CHARACTER);
        draft.apply("key.of-200-characters").key("k".repeat(200)).stored();
        draft.apply("key.of-201-characters").key("k".repeat(201)).rejected(TOO_LARGE);
        draft.apply("key.of-200-characters-800-bytes").key("😀".repeat(200)).stored();
        draft.apply("key.of-201-characters-804-bytes").key("😀".repeat(201)).rejected(TOO_LARGE);
        // What an entry of the index still takes, and what it does not.
        draft.apply("key.of-2700-random-characters").key(random(2_700)).rejected(TOO_LARGE);
        draft.apply("key.of-2705-random-characters").key(random(2_705)).rejected(TOO_LARGE);
        draft.apply("key.of-100-000-characters").key("a".repeat(100_000)).rejected(TOO_LARGE);
        draft.apply("key.of-a-bad-value").key("key").rejected(new byte[] {1}, UNDECODABLE);
        draft.apply("key.bad-of-a-bad-value").key("a\0").rejected(new byte[] {1}, UNDECODABLE);
    }

    private static String random(int characters) {
        return new Random(characters)
                .ints(characters, '0', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
