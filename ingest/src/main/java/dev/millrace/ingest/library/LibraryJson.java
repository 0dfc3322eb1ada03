package dev.millrace.ingest.library;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Payload and metadata of each kind of event. Not thread-safe. */
final class LibraryJson {
    /** Where people come to lend and return. */
    static final int DESKS = 40;

    private static final int LOAN_DAYS = 28;

    private final Catalogue catalogue;
    private final StringBuilder text = new StringBuilder(512);

    LibraryJson(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    String bookAdded(int book) {
        return book(book)
                .text("isbn", catalogue.isbn(book))
                .text("publisher", "Millrace Press, Hannover and Wien")
                .text("shelf", catalogue.shelf(book))
                .number("year", 1900 + book % 126)
                .number("pages", 80 + book % 900)
                .end();
    }

    String bookLent(int book, int reader, Instant now) {
        return book(book)
                .text("readerId", catalogue.readerId(reader))
                .text("lentAt", now.toString())
                .text("dueOn", day(now.plus(LOAN_DAYS, ChronoUnit.DAYS)))
                .number("renewals", 0)
                .end();
    }

    String bookReturned(int book, int reader, Instant now) {
        return book(book)
                .text("readerId", catalogue.readerId(reader))
                .text("returnedAt", now.toString())
                .text("condition", book % 9 == 0 ? "worn" : "good")
                .number("fee", 0)
                .end();
    }

    String readerRegistered(int reader, Instant now) {
        return reader(reader)
                .text("address", "Am Alten Mühlgraben " + (1 + reader % 120) + ", 30159 Hannover, Niedersachsen")
                .text("registeredAt", now.toString())
                .text("tariff", reader % 5 == 0 ? "reduced" : "regular")
                .end();
    }

    String readerCancelled(int reader, Instant now) {
        return reader(reader)
                .text("cancelledAt", now.toString())
                .text("reason", "moved to another town, and has returned every book that was lent")
                .end();
    }

    /** @param desk 0 to {@link #DESKS} - 1 */
    String metadata(UUID correlation, UUID causation, int desk) {
        return begin().text("correlationId", correlation.toString())
                .text("causationId", causation.toString())
                .text("user", "librarian-" + (100 + desk))
                .text("source", "lending-desk/" + desk % 8)
                .text("client", "desk-terminal/4.12.1 (linux)")
                .end();
    }

    private LibraryJson book(int book) {
        return begin().text("bookId", catalogue.bookId(book))
                .text("title", catalogue.title(book))
                .text("author", catalogue.author(book));
    }

    private LibraryJson reader(int reader) {
        String name = catalogue.readerName(reader);
        return begin().text("readerId", catalogue.readerId(reader))
                .text("name", name)
                .text("email", "reader." + reader + "@post.example.org");
    }

    private LibraryJson begin() {
        text.setLength(0);
        text.append('{');
        return this;
    }

    /** Neither may need an escape. */
    private LibraryJson text(String name, String value) {
        member(name).append('"').append(value).append('"');
        return this;
    }

    private LibraryJson number(String name, int value) {
        member(name).append(value);
        return this;
    }

    private StringBuilder member(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        return text.append('"').append(name).append("\":");
    }

    private String end() {
        return text.append('}').toString();
    }

    private static String day(Instant time) {
        return time.toString().substring(0, "2026-01-01".length());
    }
}
