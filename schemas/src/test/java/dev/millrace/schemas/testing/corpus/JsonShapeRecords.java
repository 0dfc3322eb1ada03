package dev.millrace.schemas.testing.corpus;

import static dev.millrace.schemas.event.RejectReason.INVALID_JSON;
import static dev.millrace.schemas.event.RejectReason.TOO_DEEP;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** JSON that is deep, wide, or has long names. The limits are those of a payload unless it says otherwise. */
final class JsonShapeRecords {
    private static final int[] TOO_DEEP_LEVELS = {65, 66, 1_000, 1_001, 5_000, 16_300, 16_400, 100_000};

    private JsonShapeRecords() {}

    static void add(Function<String, Draft> draft) {
        for (int depth : new int[] {63, 64}) {
            draft.apply("json.arrays-to-depth-" + depth).payload(arrays(depth)).stored();
            draft.apply("json.objects-to-depth-" + depth)
                    .payload(objects(depth))
                    .stored();
            draft.apply("json.metadata-to-depth-" + depth)
                    .metadata(objects(depth))
                    .stored();
        }
        for (int depth : TOO_DEEP_LEVELS) {
            draft.apply("json.arrays-to-depth-" + depth).payload(arrays(depth)).rejected(TOO_DEEP);
            draft.apply("json.objects-to-depth-" + depth)
                    .payload(objects(depth))
                    .rejected(TOO_DEEP);
        }
        draft.apply("json.metadata-to-depth-65").metadata(objects(65)).rejected(TOO_DEEP);
        draft.apply("json.half-a-million-open-brackets")
                .payload("{\"a\":" + "[".repeat(500_000))
                .rejected(TOO_DEEP);
        draft.apply("json.64-open-brackets").payload("[".repeat(64)).rejected(INVALID_JSON);
        wide(draft);
    }

    private static void wide(Function<String, Draft> draft) {
        draft.apply("json.70-000-names").payload(names(70_000)).stored();
        draft.apply("json.4-000-names-in-metadata").metadata(names(4_000)).stored();
        draft.apply("json.name-of-1-mb")
                .payload("{\"" + "n".repeat(1_000_000) + "\": 1}")
                .stored();
        draft.apply("json.1-000-names-of-1-kb")
                .payload(IntStream.range(0, 1_000)
                        .mapToObj(number -> "\"%01000d\": %d".formatted(number, number))
                        .collect(Collectors.joining(", ", "{", "}")))
                .stored();
        draft.apply("json.140-000-small-objects")
                .payload("{\"a\": [" + "{}, ".repeat(140_000) + "1]}")
                .stored();
        draft.apply("json.100-000-different-strings")
                .payload(IntStream.range(0, 100_000)
                        .mapToObj(number -> "\"%05d\"".formatted(number))
                        .collect(Collectors.joining(", ", "{\"a\": [", "]}")))
                .stored();
        draft.apply("json.unclosed-string-of-1-mib")
                .payload("{\"a\":\"" + "x".repeat((1 << 20) - 6))
                .rejected(INVALID_JSON);
        draft.apply("json.a-megabyte-of-combining-marks")
                .payload("{\"a\": \"e" + "\u0301".repeat(500_000) + "\"}")
                .stored();
        draft.apply("json.a-megabyte-of-white-space")
                .payload("{" + " ".repeat(1_000_000) + "}")
                .stored();
    }

    private static String arrays(int depth) {
        return "{\"a\": " + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    private static String objects(int depth) {
        return "{\"a\": ".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    private static String names(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "\"k%d\": %d".formatted(number, number % 10))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
