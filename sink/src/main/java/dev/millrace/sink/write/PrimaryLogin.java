package dev.millrace.sink.write;

/**
 * How to come to the primary.
 *
 * @param url JDBC address with a role's credentials
 * @param name shown as {@code application_name}
 * @param timelines decide whether a server is the primary of today
 */
public record PrimaryLogin(String url, String name, KnownTimelines timelines) {
    /** The same login for another purpose. */
    PrimaryLogin named(String otherName) {
        return new PrimaryLogin(url, otherName, timelines);
    }

    /** Without the address, which has a password. */
    @Override
    public String toString() {
        return name;
    }
}
