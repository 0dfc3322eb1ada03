package dev.millrace.compose.torture;

/** What can be done to a stack. */
enum FaultKind {
    /** SIGKILL of one process: of a database, the postmaster alone, which leaves its backends. */
    KILL("SIGKILL"),
    /** SIGKILL of a server with all its processes. */
    KILL_ALL("SIGKILL of all processes of"),
    /** SIGTERM: it ends in good order, a sink leaves its group. */
    END("SIGTERM"),
    /** SIGSTOP of a process with all its processes, and later SIGCONT. */
    FREEZE("SIGSTOP"),
    /**
     * SIGSTOP of a sink whose next transaction is held on its line; later the line passes it on, and
     * SIGCONT: it comes after those of the sink's successor.
     */
    ZOMBIE("transaction held, and SIGSTOP of"),
    /** SIGTERM of one sink after the other. */
    STORM("SIGTERM one after the other:"),
    /** SIGKILL of one backend that a sink writes through; Postgres restarts all of them then. */
    KILL_BACKEND("SIGKILL of a sink's backend in"),
    /** SIGSTOP of one backend that a sink writes through, and later SIGCONT. */
    FREEZE_BACKEND("SIGSTOP of a sink's backend in"),
    /** The next COMMIT never reaches the primary. */
    LOSE_COMMIT("cut before COMMIT on the line of"),
    /** The next COMMIT is done, its answer never comes. */
    LOSE_ANSWER("answer to COMMIT lost on the line of"),
    /** The line goes in the moment of the next COMMIT. */
    CUT_AT_COMMIT("cut at COMMIT on the line of"),
    /** The line goes after a random number of bytes, most of which are in a COPY. */
    CUT_IN_COPY("cut at a random byte on the line of"),
    /** The line takes everything and passes nothing on, then goes. */
    BLACK_HOLE("black hole on the line of");

    private final String words;

    FaultKind(String words) {
        this.words = words;
    }

    /** For a person, before the name of who is struck. */
    String words() {
        return words;
    }
}
