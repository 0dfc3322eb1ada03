package dev.millrace.query.read;

/**
 * A replica that answers.
 *
 * @param migrated whether the tables are there
 * @param inRecovery whether it follows a primary; false means that it is one
 */
public record ReplicaHealth(boolean migrated, boolean inRecovery) {}
