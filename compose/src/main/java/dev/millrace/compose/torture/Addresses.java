package dev.millrace.compose.torture;

import java.util.Map;
import java.util.Objects;

/**
 * Where the parts of a stack are.
 *
 * @param primary JDBC URL with the owner's credentials, like the replica's
 */
record Addresses(String kafka, String primary, String replica, String queryApi) {
    /** @param environment what {@code DIR/env} says */
    static Addresses of(Map<String, String> environment) {
        return new Addresses(
                Objects.requireNonNull(environment.get("KAFKA_BOOTSTRAP_SERVERS")),
                Objects.requireNonNull(environment.get("PRIMARY_URL")),
                Objects.requireNonNull(environment.get("REPLICA_URL")),
                Objects.requireNonNull(environment.get("QUERY_API_URL")));
    }
}
