package dev.millrace.sink.reject;

import dev.millrace.schemas.DeadLetterHeader;
import dev.millrace.sink.batch.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The headers of a record in {@code events.dlq.v1}: those it came with, and why it is there. */
final class HeadersForPublishing {
    /** The topic leaves a margin of half a megabyte above the largest event for all of them. */
    private static final int DETAIL_BYTES = 1_024;

    /** Enough for any real count, and one more never overflows. */
    private static final int ATTEMPTS_DIGITS = 6;

    private HeadersForPublishing() {}

    /** Those the event came with, without ours of an earlier time, and then ours. */
    static List<RecordHeader> of(RejectedEvent event) {
        List<RecordHeader> headers = new ArrayList<>();
        event.headers().stream()
                .filter(header -> !DeadLetterHeader.isOne(header.name()))
                .forEach(headers::add);
        headers.add(text(DeadLetterHeader.REASON, event.reason()));
        headers.add(new RecordHeader(DeadLetterHeader.DETAIL.headerName(), shortened(event.detail())));
        headers.add(text(DeadLetterHeader.ORIGIN_TOPIC, event.place().topic()));
        headers.add(text(
                DeadLetterHeader.ORIGIN_PARTITION,
                Integer.toString(event.place().partition())));
        headers.add(
                text(DeadLetterHeader.ORIGIN_OFFSET, Long.toString(event.place().offset())));
        headers.add(text(DeadLetterHeader.ATTEMPTS, Integer.toString(attemptsBefore(event.headers()) + 1)));
        return headers;
    }

    /** How often this record was rejected before it was sent again; 0 if nobody says so legibly. */
    private static int attemptsBefore(List<RecordHeader> headers) {
        int attempts = 0;
        for (RecordHeader header : headers) {
            if (header.name().equals(DeadLetterHeader.ATTEMPTS.headerName())) {
                String text = header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
                attempts = text.matches("[0-9]{1," + ATTEMPTS_DIGITS + "}") ? Integer.parseInt(text) : 0;
            }
        }
        return attempts;
    }

    private static RecordHeader text(DeadLetterHeader header, String value) {
        return new RecordHeader(header.headerName(), value.getBytes(StandardCharsets.UTF_8));
    }

    /** Whole characters only: the encoder stops before the one that no longer fits. */
    private static byte[] shortened(String detail) {
        ByteBuffer bytes = ByteBuffer.allocate(DETAIL_BYTES);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(detail), bytes, true);
        byte[] result = new byte[bytes.flip().remaining()];
        bytes.get(result);
        return result;
    }
}
