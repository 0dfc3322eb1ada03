package dev.millrace.schemas.access;

/** Whether a request may be answered. */
public sealed interface Access {
    /**
     * It may.
     *
     * @param name whose key it is
     */
    record Granted(String name) implements Access {}

    /** Nobody knows the key, or there is none. */
    record Unknown() implements Access {}

    /**
     * The key is known, and not for this.
     *
     * @param name whose key it is
     */
    record OutOfScope(String name) implements Access {}
}
