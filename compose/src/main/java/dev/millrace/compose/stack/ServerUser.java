package dev.millrace.compose.stack;

import com.sun.security.auth.module.UnixSystem;
import dev.millrace.compose.stack.StackException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Postgres refuses to run as root, so root runs it in a user namespace, where it is nobody. */
final class ServerUser {
    private static final List<String> NAMESPACE = List.of("unshare", "-U");

    private ServerUser() {}

    /**
     * What to put before the command of a server; empty for an ordinary user.
     *
     * @throws StackException UNAVAILABLE if we are root and the system allows no user namespaces
     */
    static List<String> commandPrefix() {
        if (new UnixSystem().getUid() != 0) {
            return List.of();
        }
        if (!namespacesWork()) {
            throw new StackException(
                    Kind.UNAVAILABLE,
                    "Postgres does not run as root, and 'unshare -U' does not work here;"
                            + " run Millrace as an ordinary user, or allow user namespaces");
        }
        return NAMESPACE;
    }

    private static boolean namespacesWork() {
        try {
            return new ProcessBuilder(NAMESPACE.get(0), NAMESPACE.get(1), "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
