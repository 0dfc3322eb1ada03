package dev.millrace.query.http;

import dev.millrace.schemas.access.Access;
import dev.millrace.schemas.access.AccessCheck;
import dev.millrace.schemas.access.AccessScope;
import dev.millrace.schemas.access.PresentedKey;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/**
 * Lets a request through, or ends it, before any route sees it. Whatever is not named as open takes a key,
 * also a path that nobody answers: a route that is added and forgotten here is closed.
 */
final class AccessGuard implements Handler {
    private static final String PROBES = "/health/";
    private static final String DESCRIPTION = "/openapi.yaml";

    private final AccessCheck access;

    AccessGuard(AccessCheck access) {
        this.access = access;
    }

    /** @throws ProblemException if the request may not be answered */
    @Override
    public void handle(Context context) {
        if (isOpen(context.path())) {
            return;
        }
        PresentedKey key = PresentedKey.of(values(context, "Authorization"), values(context, PresentedKey.HEADER));
        Access decision = access.check(key, AccessScope.READ);
        if (decision instanceof Access.Unknown) {
            throw new ProblemException(new Problem(
                    ProblemType.UNAUTHENTICATED,
                    key.key().isPresent()
                            ? "nobody has this key"
                            : "send one key, as 'Authorization: Bearer KEY' or as 'X-API-Key: KEY'"));
        }
        if (decision instanceof Access.OutOfScope) {
            throw new ProblemException(
                    new Problem(ProblemType.FORBIDDEN, "the key has not the scope '" + AccessScope.READ.label() + "'"));
        }
    }

    /** The path as the routes see it, so that both understand it in the same way. */
    private static boolean isOpen(String path) {
        return path.startsWith(PROBES) || path.equals(DESCRIPTION);
    }

    private static List<String> values(Context context, String header) {
        HttpServletRequest request = context.req();
        return Collections.list(request.getHeaders(header));
    }
}
