/**
 * The {@code millrace} command: a small class for each sub-command, which reads options and
 * settings, calls the module that does the work, and turns failures into exit codes. No logic.
 */
@NullMarked
package dev.millrace.compose.cli;

import org.jspecify.annotations.NullMarked;
