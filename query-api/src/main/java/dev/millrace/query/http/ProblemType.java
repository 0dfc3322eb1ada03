package dev.millrace.query.http;

/** The kinds of problems; their URIs are part of the contract. */
public enum ProblemType {
    BAD_REQUEST(400, "bad-request", "The request is not understood"),
    NOT_FOUND(404, "not-found", "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not for this path"),
    GONE(410, "gone", "The cursor leads to events that are no longer here"),
    QUERY_TOO_EXPENSIVE(422, "query-too-expensive", "The query ran into its time limit"),
    INTERNAL(500, "internal", "Something went wrong here"),
    NOT_YET_VISIBLE(503, "not-yet-visible", "The replica does not have it yet"),
    UNAVAILABLE(503, "unavailable", "The database cannot answer now");

    private final int status;
    private final String slug;
    private final String title;

    ProblemType(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Names the kind for programs. */
    public String uri() {
        return "urn:millrace:problem:" + slug;
    }

    /** Names the kind for people. */
    public String title() {
        return title;
    }

    /** Whether the same request may succeed soon. */
    boolean isPassing() {
        return status == 503;
    }
}
