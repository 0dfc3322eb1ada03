package dev.millrace.query.read;

/** The direction of an answer in the order of all events. */
public enum Order {
    /** Oldest first. Only this direction can be followed into the future. */
    ASC("asc", "", ">"),
    /** Newest first. */
    DESC("desc", " DESC", "<");

    private final String label;
    private final String suffix;
    private final String comparison;

    Order(String label, String suffix, String comparison) {
        this.label = label;
        this.suffix = suffix;
        this.comparison = comparison;
    }

    /** The value of the parameter {@code order}. */
    public String label() {
        return label;
    }

    /** What SQL puts after each column of an ORDER BY. */
    String suffix() {
        return suffix;
    }

    /** The SQL operator between a row that is still to come and one that was delivered. */
    String comparison() {
        return comparison;
    }
}
