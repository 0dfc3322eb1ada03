package dev.millrace.query;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Each test has a store of its own, empty at first, and a query API that reads it. */
abstract class OwnStore {
    EventStore store;
    ApiClient api;

    @BeforeEach
    final void openStore() throws SQLException {
        store = new EventStore();
        api = new ApiClient(store.readerUrl());
    }

    @AfterEach
    final void closeStore() throws SQLException {
        api.close();
        store.close();
    }
}
