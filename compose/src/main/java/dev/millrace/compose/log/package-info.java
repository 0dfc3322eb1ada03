/** How log events become lines on stderr: for people, or with LOG_FORMAT=json for programs. */
@NullMarked
package dev.millrace.compose.log;

import org.jspecify.annotations.NullMarked;
