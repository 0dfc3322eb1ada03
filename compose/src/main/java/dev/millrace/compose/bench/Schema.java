package dev.millrace.compose.bench;

/** Where tables of the same names lie. */
enum Schema {
    /** Those of the migrations. */
    MIGRATED("public"),
    /** The same columns, with their primary keys and nothing else. */
    PLAIN("plain");

    private final String searched;

    Schema(String searched) {
        this.searched = searched;
    }

    /** The statement after which a connection means these; what is not here is found among the migrated. */
    String choose() {
        return "SET search_path = " + searched + ", public";
    }
}
