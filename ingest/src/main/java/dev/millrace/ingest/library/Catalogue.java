package dev.millrace.ingest.library;

import java.util.SplittableRandom;

/** What the library knows of its books and readers, by their numbers. Thread-safe. */
final class Catalogue {
    private static final long BOOKS = 0x626F6F6BL;
    private static final long READERS = 0x72656164L;

    private static final String[] SUBJECTS = {
        "History", "Gardens", "Rivers", "Letters", "Mathematics", "Voyages", "Architecture", "Cooking", "Music", "Birds"
    };
    private static final String[] PLACES = {
        "the North", "Lower Saxony", "the Baltic Coast", "Old Prague", "the Alps", "Provence", "the Two Seas", "Kyōto"
    };
    private static final String[] FIRST_NAMES = {"Anna", "Jürgen", "Maria", "Peter", "Zoë", "Karl", "Ingrid", "Tomáš"};
    private static final String[] LAST_NAMES = {
        "Lindqvist", "Brandt", "Novak", "Moreau", "Okafor", "Petersen", "Rossi", "Schäfer", "Tanaka", "Whitfield"
    };

    private final String[] bookIds;
    private final String[] readerIds;

    /** @param seed decides the ids: two libraries have no book in common */
    Catalogue(long seed, int books, int readers) {
        bookIds = ids(seed ^ BOOKS, books);
        readerIds = ids(seed ^ READERS, readers);
    }

    String bookId(int book) {
        return bookIds[book];
    }

    String readerId(int reader) {
        return readerIds[reader];
    }

    /** Holds nothing that JSON has to escape. */
    String title(int book) {
        return "A Concise and Illustrated " + pick(SUBJECTS, book) + " of " + pick(PLACES, book / SUBJECTS.length)
                + ", volume " + (book % 12 + 1);
    }

    String author(int book) {
        return name(book / 7);
    }

    String isbn(int book) {
        return "978-3-16-" + (100_000 + book) + "-" + book % 10;
    }

    String shelf(int book) {
        return (char) ('A' + book % 24) + "-" + (10 + book % 80);
    }

    String readerName(int reader) {
        return name(reader);
    }

    private static String name(int number) {
        return pick(FIRST_NAMES, number) + " " + pick(LAST_NAMES, number / FIRST_NAMES.length);
    }

    private static String pick(String[] words, int number) {
        return words[number % words.length];
    }

    private static String[] ids(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] ids = new String[count];
        for (int index = 0; index < count; index++) {
            ids[index] = EventIds.random(random).toString();
        }
        return ids;
    }
}
