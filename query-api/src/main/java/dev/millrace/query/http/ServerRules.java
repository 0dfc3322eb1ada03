package dev.millrace.query.http;

import dev.millrace.schemas.access.AccessCheck;

/**
 * Who is answered, and when.
 *
 * @param requireReplica whether to be ready takes a real replica
 * @param access who may ask
 * @param maxRequests most requests that are worked on at a time, at least 1
 * @param maxStreams most streams that are open beside them
 */
public record ServerRules(boolean requireReplica, AccessCheck access, int maxRequests, int maxStreams) {}
