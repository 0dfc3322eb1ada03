package dev.millrace.query.tail;

/** The way to one client. The methods may be called by any thread and return at once. */
public interface Outlet {
    /** Something may have changed: there is something to take, or the stream is over. */
    void wake();

    /** The client is given up. What it has not taken is lost to it, and nothing more is taken. */
    void abort();

    /** Whether the client's side has no room, so that it is not for us to be faster. */
    boolean isBlocked();
}
