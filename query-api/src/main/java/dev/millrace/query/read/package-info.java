/**
 * Reads events, offsets and the replica's state, always within one snapshot. Owns every SQL
 * statement of the API and the connections to the replica; never writes, and never knows HTTP.
 */
@NullMarked
package dev.millrace.query.read;

import org.jspecify.annotations.NullMarked;
