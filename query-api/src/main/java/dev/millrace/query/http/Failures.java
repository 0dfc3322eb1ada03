package dev.millrace.query.http;

import dev.millrace.query.read.ReadException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what ends a request early into a problem. Nothing of a cause is ever shown. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void register(RoutesConfig routes) {
        routes.exception(ProblemException.class, (failure, context) -> ProblemJson.respond(context, failure.problem()));
        routes.exception(ReadException.class, (failure, context) -> ProblemJson.respond(context, problem(failure)));
        routes.exception(HttpResponseException.class, Failures::noRoute);
        routes.exception(Exception.class, (failure, context) -> {
            LOG.error("request failed: method={} path={}", context.method(), context.path(), failure);
            ProblemJson.respond(context, new Problem(ProblemType.INTERNAL, "this is our fault, and logged"));
        });
    }

    /** No exception but the machine's own error: a stack or a heap that was too small. */
    static void fatal(HttpServletResponse response, Error error) {
        LOG.error("request failed, and the process may be damaged", error);
        Problem problem = new Problem(ProblemType.INTERNAL, "this is our fault, and logged");
        response.setStatus(ProblemType.INTERNAL.status());
        response.setContentType(ProblemJson.CONTENT_TYPE);
        try {
            response.getOutputStream().write(ProblemJson.write(problem, ProblemType.INTERNAL.status()));
        } catch (IOException gone) {
            LOG.debug("nobody heard of it", gone);
        }
    }

    private static Problem problem(ReadException failure) {
        return switch (failure.kind()) {
            case TOO_EXPENSIVE ->
                new Problem(
                        ProblemType.QUERY_TOO_EXPENSIVE,
                        "ask for less: a type, a key, a more selective match, a shorter time");
            case UNAVAILABLE -> {
                LOG.warn("not answered: reason={}", failure.getMessage());
                yield new Problem(ProblemType.UNAVAILABLE, "try again in a moment");
            }
            case REFUSED -> {
                LOG.warn("value refused by the database, so a check is missing here: reason={}", failure.getMessage());
                yield new Problem(ProblemType.BAD_REQUEST, "the database cannot read a value of this request");
            }
            case BROKEN -> {
                LOG.error("not answered: reason={}", failure.getMessage(), failure);
                yield new Problem(ProblemType.INTERNAL, "this is our fault, and logged");
            }
        };
    }

    private static void noRoute(HttpResponseException failure, Context context) {
        switch (failure.getStatus()) {
            case 404 -> ProblemJson.respond(context, new Problem(ProblemType.NOT_FOUND, "no such path"));
            case 405 -> {
                context.header("Allow", failure.getDetails().getOrDefault("availableMethods", "GET"));
                ProblemJson.respond(context, new Problem(ProblemType.METHOD_NOT_ALLOWED, "not with this method"));
            }
            default -> {
                ProblemType type = ProblemType.ofRefusal(failure.getStatus());
                ProblemJson.respond(context, new Problem(type, "refused by the server"));
            }
        }
    }
}
