package dev.millrace.query.http;

/**
 * One thing that is wrong with a request.
 *
 * @param parameter its name, as in the request
 * @param message what is wrong, for a person
 */
record InvalidParameter(String parameter, String message) {}
