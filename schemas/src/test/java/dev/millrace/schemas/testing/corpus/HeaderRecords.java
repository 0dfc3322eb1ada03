package dev.millrace.schemas.testing.corpus;

import static dev.millrace.schemas.event.RejectReason.UNDECODABLE;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Headers, which an event does not have and a rejection keeps. */
final class HeaderRecords {
    private static final byte[] BAD_VALUE = {1, 2, 3};

    private record Variant(String name, UnaryOperator<Draft> headers) {}

    private static final List<Variant> VARIANTS = List.of(
            one("null-value", "trace", null),
            one("empty-value", "trace", new byte[0]),
            one("empty-name", "", new byte[] {1}),
            one("64-kib", "large", new byte[1 << 16]),
            one("1-mib", "large", new byte[1 << 20]),
            one("not-utf-8", "trace", new byte[] {(byte) 0xFF, (byte) 0xC0, (byte) 0x80}),
            one("copy-specials", "\\N\t\r\n\\.", "\\N\n\\.\n\\\\\t\\x".getBytes(StandardCharsets.UTF_8)),
            one("name-with-nul", "a\0b", new byte[] {0}),
            one("name-with-quotes", "\"'; DROP TABLE event;--", new byte[] {'"'}),
            one("name-of-10-000-characters", "n".repeat(10_000), new byte[] {1}),
            one("name-with-odd-characters", "\uFEFF\u202E\uFFFF👩‍🚀\u007f\u001f", new byte[] {1}),
            new Variant("10-000", HeaderRecords::tenThousand),
            new Variant(
                    "same-name-twice",
                    draft -> draft.header("a", new byte[] {1}).header("a", new byte[] {2})));

    private HeaderRecords() {}

    static void add(Function<String, Draft> draft) {
        for (Variant variant : VARIANTS) {
            variant.headers().apply(draft.apply("header." + variant.name())).stored();
            variant.headers()
                    .apply(draft.apply("header." + variant.name() + "-of-a-bad-value"))
                    .rejected(BAD_VALUE, UNDECODABLE);
        }
    }

    private static Variant one(String name, String headerName, byte @Nullable [] value) {
        return new Variant(name, draft -> draft.header(headerName, value));
    }

    private static Draft tenThousand(Draft draft) {
        for (int number = 0; number < 10_000; number++) {
            draft.header("header-" + number, new byte[] {(byte) number});
        }
        return draft;
    }
}
