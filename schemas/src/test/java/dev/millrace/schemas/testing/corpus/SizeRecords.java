package dev.millrace.schemas.testing.corpus;

import static dev.millrace.schemas.event.RejectReason.TOO_LARGE;

import java.util.function.Function;

/** At the limits and one byte beyond. */
final class SizeRecords {
    private static final int PAYLOAD = 1 << 20;
    private static final int METADATA = 1 << 16;

    private SizeRecords() {}

    static void add(Function<String, Draft> draft) {
        for (int more : new int[] {-1, 0, 1}) {
            fate(draft.apply("size.payload-of-1-mib-" + named(more)).payload(document(PAYLOAD + more)), more);
            fate(draft.apply("size.metadata-of-64-kib-" + named(more)).metadata(document(METADATA + more)), more);
        }
        draft.apply("size.payload-and-metadata-at-the-limit")
                .payload(document(PAYLOAD))
                .metadata(document(METADATA))
                .stored();
        draft.apply("size.payload-at-the-limit-after-a-bad-metadata")
                .payload(document(PAYLOAD))
                .metadata(document(METADATA + 1))
                .rejected(TOO_LARGE);
        // One byte as sent, two as printed: the space after a colon.
        draft.apply("size.payload-that-grows-over-the-limit-when-printed")
                .payload(document(PAYLOAD + 1).replace(": ", ":"))
                .rejected(TOO_LARGE);
        draft.apply("size.payload-of-escapes")
                .payload("{\"a\": \"" + "\\u0001".repeat(174_000) + "\"}")
                .stored();
        draft.apply("size.payload-of-1.9-mb").payload(document(1_900_000)).rejected(TOO_LARGE);
        draft.apply("size.metadata-of-1.9-mb").metadata(document(1_900_000)).rejected(TOO_LARGE);
        draft.apply("size.garbage-of-1.9-mb").payload("\0".repeat(1_900_000)).rejected(TOO_LARGE);
    }

    private static void fate(Draft draft, int more) {
        if (more > 0) {
            draft.rejected(TOO_LARGE);
        } else {
            draft.stored();
        }
    }

    private static String named(int more) {
        return more < 0 ? "less-one" : more > 0 ? "and-one" : "exactly";
    }

    /** So many bytes, as sent and as Postgres prints them. */
    private static String document(int bytes) {
        return "{\"a\": \"" + "x".repeat(bytes - 9) + "\"}";
    }
}
