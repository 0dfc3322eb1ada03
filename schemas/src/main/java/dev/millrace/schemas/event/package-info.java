/**
 * The event: its Avro form, its limits, and why a record is not one. Checks and converts bytes;
 * never reads from or writes to anything.
 */
@NullMarked
package dev.millrace.schemas.event;

import org.jspecify.annotations.NullMarked;
