package dev.millrace.schemas.testing;

import dev.millrace.schemas.database.Migrations;
import org.jspecify.annotations.Nullable;

/**
 * The one database of this JVM that is migrated, so that those of the tests can be copies of it: each copy
 * takes a fraction of the time that the migrations take. Nobody can connect to it. Thread-safe.
 */
final class MigratedTemplate {
    private static @Nullable String name;

    private MigratedTemplate() {}

    /** Its name; makes it when it is asked for the first time. */
    static synchronized String name() {
        if (name == null) {
            name = make();
        }
        return name;
    }

    private static String make() {
        TestDatabase database = TestDatabase.createEmpty();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> dropUnlessItsServerIsGone(database), "test-template"));
        new Migrations(database.url(), TestDatabase.OWNER, "").migrate();
        // Whoever is connected to a template keeps others from copying it.
        database.server().executeAsSuperuser("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS false");
        return database.name();
    }

    /** Servers that run already outlive this JVM; its own end at the same moment as this. */
    private static void dropUnlessItsServerIsGone(TestDatabase database) {
        try {
            database.close();
        } catch (IllegalStateException gone) {
            // Its files went with it.
        }
    }
}
