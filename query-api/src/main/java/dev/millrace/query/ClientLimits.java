package dev.millrace.query;

/**
 * How much all clients together have at a time; who comes on top is told to come again.
 *
 * @param requests that are worked on
 * @param exports among them
 * @param streams that are open, beside the requests
 */
public record ClientLimits(int requests, int exports, int streams) {}
