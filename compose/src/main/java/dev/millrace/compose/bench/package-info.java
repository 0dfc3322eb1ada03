/**
 * Measurements on a stack of its own: of throughput against what the machine could do at best, of
 * latency at a steady rate. No figure is printed before what was written has been counted.
 */
@NullMarked
package dev.millrace.compose.bench;

import org.jspecify.annotations.NullMarked;
