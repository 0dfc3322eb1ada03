package dev.millrace.query;

/**
 * How much all clients together have at a time; who comes on top is told to come again.
 *
 * @param requests that are worked on
 * @param exports among them
 */
public record ClientLimits(int requests, int exports) {}
