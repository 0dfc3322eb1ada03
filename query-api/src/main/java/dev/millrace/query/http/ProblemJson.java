package dev.millrace.query.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.query.read.CompleteThrough;
import io.javalin.http.Context;
import java.io.IOException;

/** Problems as the API shows them (RFC 9457). */
final class ProblemJson {
    static final String CONTENT_TYPE = "application/problem+json";

    /** How long to wait after a passing problem, in seconds. */
    private static final String RETRY_AFTER = "1";

    private ProblemJson() {}

    static void respond(Context context, Problem problem) {
        if (problem.type().isPassing()) {
            context.header("Retry-After", RETRY_AFTER);
        }
        if (problem.type() == ProblemType.UNAUTHENTICATED) {
            context.header("WWW-Authenticate", "Bearer");
        }
        context.status(problem.type().status())
                .contentType(CONTENT_TYPE)
                .result(write(problem, problem.type().status()));
    }

    /** @param status differs from the type's when the HTTP server itself refused the request */
    static byte[] write(Problem problem, int status) {
        return Json.write(json -> {
            json.writeStringField("type", problem.type().uri());
            json.writeStringField("title", problem.type().title());
            json.writeNumberField("status", status);
            json.writeStringField("detail", problem.detail());
            errors(json, problem);
            CompleteThrough through = problem.completeThrough();
            if (through != null) {
                Json.completeThrough(json, through);
            }
        });
    }

    private static void errors(JsonGenerator json, Problem problem) throws IOException {
        if (problem.errors().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("errors");
        for (InvalidParameter error : problem.errors()) {
            json.writeStartObject();
            json.writeStringField("parameter", error.parameter());
            json.writeStringField("message", error.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
