package dev.millrace.ingest.library;

import dev.millrace.ingest.publish.OutgoingEvent;
import dev.millrace.schemas.event.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events of a library with {@value #BOOKS} books and {@value #READERS} readers, without end; the
 * same ones for the same arguments. A book is added before it is lent, lent only while it is there, and
 * returned by the reader who has it; a reader registers before the first loan, and is cancelled only
 * without one. The key is the book's or the reader's id. Payload and metadata together are about 460
 * bytes of UTF-8. Not thread-safe.
 */
public final class LibraryEvents {
    /** How many books there are. */
    public static final int BOOKS = 60_000;

    static final int READERS = 10_000;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** A tenth of the books makes more than half of the loans. */
    private static final double BOOKS_EXPONENT = 0.8;

    private static final double READERS_EXPONENT = 0.6;
    private static final int ONE_OF_CANCELLATIONS = 200;

    /** So that time runs as it does at full load, some 50,000 events a second. */
    private static final int LONGEST_PAUSE_MICROS = 40;

    private final SplittableRandom random;
    private final EventIds ids;
    private final LibraryJson json;
    private final Catalogue catalogue;
    private final Popularity books = new Popularity(BOOKS, BOOKS_EXPONENT);
    private final Popularity readers = new Popularity(READERS, READERS_EXPONENT);
    private final boolean[] added = new boolean[BOOKS];
    private final @Nullable Loan[] loans = new Loan[BOOKS];
    private final boolean[] registered = new boolean[READERS];
    private final int[] borrowed = new int[READERS];
    private Instant now;

    /** @param lent id of the event, which the return is caused by */
    private record Loan(int reader, UUID lent, UUID correlation) {}

    /** The same events each time for the same seed: the first one occurs when 2026 begins. */
    public LibraryEvents(long seed, EventIds ids) {
        this(seed, ids, START);
    }

    /**
     * @param seed other books, readers and events for each
     * @param start when the first event occurs; the others follow within microseconds
     */
    public LibraryEvents(long seed, EventIds ids, Instant start) {
        random = new SplittableRandom(seed);
        this.ids = ids;
        catalogue = new Catalogue(seed, BOOKS, READERS);
        json = new LibraryJson(catalogue);
        now = start.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * The id of a book, which is the key of its events and the {@code bookId} of their payloads; changes nothing.
     *
     * @param book 0, the most wanted one, to {@link #BOOKS} - 1
     */
    public String bookId(int book) {
        return catalogue.bookId(book);
    }

    /** The next event. */
    public OutgoingEvent next() {
        now = now.plusNanos(1_000L * random.nextInt(LONGEST_PAUSE_MICROS + 1));
        if (random.nextInt(ONE_OF_CANCELLATIONS) == 0) {
            int reader = random.nextInt(READERS);
            if (registered[reader] && borrowed[reader] == 0) {
                return cancel(reader);
            }
        }
        int book = books.next(random);
        Loan loan = loans[book];
        if (loan != null) {
            return takeBack(book, loan);
        }
        if (!added[book]) {
            return add(book);
        }
        int reader = readers.next(random);
        return registered[reader] ? lend(book, reader) : register(reader);
    }

    private OutgoingEvent add(int book) {
        added[book] = true;
        return begun(catalogue.bookId(book), "BOOK-ADDED", json.bookAdded(book));
    }

    private OutgoingEvent register(int reader) {
        registered[reader] = true;
        return begun(catalogue.readerId(reader), "READER-REGISTERED", json.readerRegistered(reader, now));
    }

    private OutgoingEvent cancel(int reader) {
        registered[reader] = false;
        return begun(catalogue.readerId(reader), "READER-CANCELLED", json.readerCancelled(reader, now));
    }

    private OutgoingEvent lend(int book, int reader) {
        Loan loan = new Loan(reader, nextId(), EventIds.random(random));
        loans[book] = loan;
        borrowed[reader]++;
        UUID request = EventIds.random(random);
        return event(
                catalogue.bookId(book),
                new Event(
                        loan.lent(),
                        "BOOK-LENT",
                        now,
                        json.bookLent(book, reader, now),
                        metadata(loan.correlation(), request)));
    }

    private OutgoingEvent takeBack(int book, Loan loan) {
        loans[book] = null;
        borrowed[loan.reader()]--;
        return event(
                catalogue.bookId(book),
                new Event(
                        nextId(),
                        "BOOK-RETURNED",
                        now,
                        json.bookReturned(book, loan.reader(), now),
                        metadata(loan.correlation(), loan.lent())));
    }

    /** An event that nothing else has led to. */
    private OutgoingEvent begun(String key, String type, String payload) {
        UUID correlation = EventIds.random(random);
        return event(key, new Event(nextId(), type, now, payload, metadata(correlation, correlation)));
    }

    private OutgoingEvent event(String key, Event event) {
        return new OutgoingEvent(key, event);
    }

    private UUID nextId() {
        return ids.next(now.toEpochMilli(), random);
    }

    private String metadata(UUID correlation, UUID causation) {
        return json.metadata(correlation, causation, random.nextInt(LibraryJson.DESKS));
    }
}
