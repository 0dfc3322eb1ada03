/**
 * Settings: which there are, where each value comes from, and what is wrong with it. Reads flags,
 * environment and files; never the stack, which is passed in. The services' own key definitions say
 * what a value may be. Nothing here keeps state; all of it may be used by any thread.
 */
@NullMarked
package dev.millrace.compose.settings;

import org.jspecify.annotations.NullMarked;
