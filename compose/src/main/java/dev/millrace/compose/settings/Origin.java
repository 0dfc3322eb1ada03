package dev.millrace.compose.settings;

import java.util.stream.Stream;

/** Where a value comes from, the weakest first; a stronger one wins. */
public enum Origin {
    MISSING("missing", 0),
    DEFAULT("default", 100),
    FILE("file", 200),
    STACK("stack", 300),
    ENVIRONMENT("environment", 400),
    FLAG("flag", 500);

    private final String label;
    private final int sourceOrdinal;

    Origin(String label, int sourceOrdinal) {
        this.label = label;
        this.sourceOrdinal = sourceOrdinal;
    }

    /** The place in the settings library's order of sources. */
    int sourceOrdinal() {
        return sourceOrdinal;
    }

    static Origin of(int sourceOrdinal) {
        return Stream.of(values())
                .filter(origin -> origin.sourceOrdinal == sourceOrdinal)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return label;
    }
}
