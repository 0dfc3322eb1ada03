/**
 * Measurements on a stack of its own, each against what the machine could do at best: no figure is
 * printed without its baseline, and none before what was written has been counted.
 */
@NullMarked
package dev.millrace.compose.bench;

import org.jspecify.annotations.NullMarked;
