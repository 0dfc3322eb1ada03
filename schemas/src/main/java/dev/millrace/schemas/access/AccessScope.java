package dev.millrace.schemas.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a key is good for. */
public enum AccessScope {
    /** To see events, and how a service is. */
    READ,
    /** To send events. */
    WRITE,
    /** Everything. */
    ADMIN;

    /** As the file and the command line spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of that spelling; empty for none. */
    static Optional<AccessScope> labelled(String label) {
        return Stream.of(values()).filter(scope -> scope.label().equals(label)).findFirst();
    }

    boolean includes(AccessScope needed) {
        return this == ADMIN || this == needed;
    }
}
