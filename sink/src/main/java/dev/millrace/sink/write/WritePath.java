package dev.millrace.sink.write;

/** The ways to write the rows of a batch, from the fastest to the one that gets anything through. */
public enum WritePath {
    /** COPY into every table: nothing in the batch is a repeat. */
    COPY("copy"),
    /** Identities by INSERT, which tells first records from repeats; the rest by COPY. */
    INSERT("insert"),
    /** Either of them in parts, each of which can fail by itself: the database refuses several rows. */
    ISOLATE("insert");

    private final String label;

    WritePath(String label) {
        this.label = label;
    }

    /** The name that metrics give it. */
    public String label() {
        return label;
    }
}
