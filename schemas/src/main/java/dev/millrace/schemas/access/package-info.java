/**
 * Who may use a service over HTTP: API keys, their file, and the decision. What is stored is a key's
 * SHA-256, never the key. Knows no HTTP server, so that every service decides in the same way.
 */
@NullMarked
package dev.millrace.schemas.access;

import org.jspecify.annotations.NullMarked;
