/**
 * The routes of the API: reads requests, refuses bad ones by name, writes JSON. Asks {@code read} for
 * what it answers; never sees SQL or a connection.
 */
@NullMarked
package dev.millrace.query.http;

import org.jspecify.annotations.NullMarked;
