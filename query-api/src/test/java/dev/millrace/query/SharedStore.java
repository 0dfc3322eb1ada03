package dev.millrace.query;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The tests of a class read one store, empty until the class fills it, by a query API of their own. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SharedStore {
    EventStore store;
    ApiClient api;

    @BeforeAll
    final void openStore() throws SQLException {
        store = new EventStore();
        api = new ApiClient(store.readerUrl());
    }

    @AfterAll
    final void closeStore() throws SQLException {
        api.close();
        store.close();
    }
}
