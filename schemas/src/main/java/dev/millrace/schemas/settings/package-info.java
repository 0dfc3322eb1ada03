/** What a service can be told from outside, and how it says what is wrong with it. */
@NullMarked
package dev.millrace.schemas.settings;

import org.jspecify.annotations.NullMarked;
