package dev.millrace.query.http;

/** The kinds of problems; their URIs are part of the contract. */
public enum ProblemType {
    BAD_REQUEST(400, "bad-request", "The request is not understood"),
    /** Send a key; see the detail for how. */
    UNAUTHENTICATED(401, "unauthenticated", "No known API key came with the request"),
    /** The key is known; whoever keeps the keys can give it the scope that the detail names. */
    FORBIDDEN(403, "forbidden", "The API key is not for this"),
    NOT_FOUND(404, "not-found", "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not for this path"),
    /** Send all of the request within the time; the connection is closed. */
    REQUEST_TIMEOUT(408, "request-timeout", "The request came in too slowly"),
    GONE(410, "gone", "The cursor leads to events that are no longer here"),
    /** Send less; the connection is closed. */
    CONTENT_TOO_LARGE(413, "content-too-large", "The body is larger than any request needs"),
    ADDRESS_TOO_LONG(414, "address-too-long", "The address is longer than any request needs"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "A body of this kind is not read"),
    QUERY_TOO_EXPENSIVE(422, "query-too-expensive", "The query ran into its time limit"),
    /** Come again after Retry-After seconds, or ask for less at a time. */
    TOO_MANY_REQUESTS(429, "too-many-requests", "As many requests as allowed are being worked on"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are larger than any request needs"),
    INTERNAL(500, "internal", "Something went wrong here"),
    NOT_YET_VISIBLE(503, "not-yet-visible", "The replica does not have it yet"),
    UNAVAILABLE(503, "unavailable", "The database cannot answer now"),
    TOO_MANY_EXPORTS(503, "too-many-exports", "As many exports as may be are under way"),
    TOO_MANY_STREAMS(503, "too-many-streams", "No more streams can be opened now");

    private final int status;
    private final String slug;
    private final String title;

    ProblemType(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    /** What an HTTP server means that refuses a request with this status before it is understood. */
    static ProblemType ofRefusal(int status) {
        return switch (status) {
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> CONTENT_TOO_LARGE;
            case 414 -> ADDRESS_TOO_LONG;
            case 431 -> HEADERS_TOO_LARGE;
            default -> status < 500 ? BAD_REQUEST : INTERNAL;
        };
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
        return status == 503 || status == 429;
    }
}
