/**
 * Torture: a whole stack under load, faults at random moments, and at the end a verdict on all that was
 * ever sent. It strikes only processes of the stack that it started itself, and lines that lead through
 * its own proxy; it never looks at an event with other means than the history's check.
 */
@NullMarked
package dev.millrace.compose.torture;

import org.jspecify.annotations.NullMarked;
