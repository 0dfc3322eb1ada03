package dev.millrace.schemas.access;

/** Decides about each request. Thread-safe. */
public interface AccessCheck {
    /**
     * Decides about one.
     *
     * @param key what was presented
     * @param needed what the request takes
     */
    Access check(PresentedKey key, AccessScope needed);
}
