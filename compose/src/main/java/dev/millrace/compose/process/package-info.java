/**
 * Child processes: started in a session of their own, kept running, stopped in reverse order. Knows
 * the operating system; never what the children do. It ends only processes that it started itself, or
 * that a killed run is proven to have started.
 */
@NullMarked
package dev.millrace.compose.process;

import org.jspecify.annotations.NullMarked;
