package dev.millrace.query;

import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** The events that the examples of the API's description speak of. */
final class ExampleEvents {
    private static final String BOOK = "3f1f7a52-8a0c-4a3e-b8a5-6f0f4c9d2e11";
    private static final Instant LENT = Instant.parse("2026-11-22T16:00:00.127Z");

    private ExampleEvents() {}

    /** A store that holds them, at 0:0, 1:0 and 0:1; up to 2:4 there is nothing that is left. */
    static EventStore store() throws SQLException {
        EventStore store = new EventStore();
        String lent = "{\"bookId\":\"" + BOOK + "\",\"dueOn\":\"2026-12-20\",\"renewals\":0}";
        store.append(UUID.fromString("019ab3c2-7c1e-7000-8000-000000000001"), 0, LENT, "BOOK-LENT", BOOK, lent);
        store.append(1, LENT.plusSeconds(1), "READER-REGISTERED", null, "{}");
        store.append(0, LENT.plusSeconds(2), "BOOK-RETURNED", BOOK, "{\"bookId\":\"" + BOOK + "\",\"fee\":0}");
        store.skip(2, LENT, 5);
        store.execute("UPDATE event SET metadata = '{\"source\":\"lending-desk/3\"}'");
        store.commit();
        return store;
    }
}
