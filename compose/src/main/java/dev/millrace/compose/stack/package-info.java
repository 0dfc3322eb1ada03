/**
 * The embedded stack: a broker, a primary, a replica and the services, each a child process on this
 * machine. Knows how to start and set up each; never reads or writes an event, and never listens on
 * anything but the loopback address.
 */
@NullMarked
package dev.millrace.compose.stack;

import org.jspecify.annotations.NullMarked;
