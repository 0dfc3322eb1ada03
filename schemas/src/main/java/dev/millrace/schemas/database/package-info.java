/**
 * The database as other processes see it: its migrations. Knows JDBC and Flyway; never Kafka, and
 * never the SQL of a process that reads or writes.
 */
@NullMarked
package dev.millrace.schemas.database;

import org.jspecify.annotations.NullMarked;
