package dev.millrace.query.read;

import org.jspecify.annotations.Nullable;

/**
 * A page that is asked for.
 *
 * @param limit most events, 1 or more
 * @param cursor from an answer to the same filter in the same order; null to begin
 */
public record PageRequest(
        EventFilter filter,
        Order order,
        int limit,
        @Nullable Cursor cursor,
        WaitFor waitFor) {
    public PageRequest {
        if (limit < 1 || (cursor != null && !cursor.belongsTo(filter, order))) {
            throw new IllegalArgumentException("limit=" + limit + ", or a cursor of another filter");
        }
    }
}
