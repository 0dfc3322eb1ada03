/**
 * What a simulated run stands on: the seed's choices and clock, tasks that can be suspended, the log of
 * the topic, the tables, and the oracle that says from the log what must be in them. Speaks to no server
 * and never reads a real clock.
 */
@NullMarked
package dev.millrace.sink.simulator;

import org.jspecify.annotations.NullMarked;
