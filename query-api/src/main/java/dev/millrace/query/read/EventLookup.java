package dev.millrace.query.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Finds one event by its id. Thread-safe. */
public final class EventLookup {
    private final Replica replica;

    public EventLookup(Replica replica) {
        this.replica = replica;
    }

    /**
     * The event; of several with one id on different partitions, the first in the order of all
     * events.
     *
     * @throws ReadException if the replica gave no answer
     */
    public Optional<StoredEvent> find(UUID eventId) {
        return replica.read(connection -> find(connection, eventId));
    }

    /** Two statements, since a join would have to plan every table partition. */
    private static Optional<StoredEvent> find(Connection connection, UUID eventId) throws SQLException {
        OrderKey place = EventRows.firstPlace(connection, EventQuery.identity(eventId));
        if (place == null) {
            return Optional.empty();
        }
        return EventRows.read(connection, EventQuery.event(place), 1).events().stream()
                .findFirst();
    }
}
