package dev.millrace.compose.stack;

/** Who may log in to the databases. */
enum Role {
    /** Sets the servers up; used for nothing else. */
    SUPERUSER("postgres"),
    /** Owns the schema: migrations and all upkeep. */
    OWNER("millrace_owner"),
    /** The sink's batches. */
    WRITER("millrace_writer"),
    /** The query API. */
    READER("millrace_reader"),
    /** The replica's stream. */
    REPLICATOR("millrace_replicator");

    private final String roleName;

    Role(String roleName) {
        this.roleName = roleName;
    }

    /** The name in Postgres. */
    String roleName() {
        return roleName;
    }
}
