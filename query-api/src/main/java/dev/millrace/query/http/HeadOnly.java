package dev.millrace.query.http;

import io.javalin.http.Context;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to HEAD where nobody makes the body that GET would have. */
final class HeadOnly {
    private static final Logger LOG = LoggerFactory.getLogger(HeadOnly.class);

    private HeadOnly() {}

    /** Sends the headers as they are. Else the server would add that the body has no bytes. */
    static void send(Context context) {
        try {
            context.res().flushBuffer();
        } catch (IOException gone) {
            LOG.debug("nobody heard of it", gone);
        }
    }
}
