package dev.millrace.compose.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.Collectors;

/** Looks whether the ports are free before anything is started, to say it once and clearly. */
final class FreePorts {
    private FreePorts() {}

    /** @throws StackException UNAVAILABLE, naming each port that is taken and who wanted it */
    static void require(Ports ports) {
        String taken = ports.byName().entrySet().stream()
                .filter(port -> !isFree(port.getValue()))
                .map(port -> port.getValue() + " (" + port.getKey() + ")")
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new StackException(
                    StackException.Kind.UNAVAILABLE,
                    "something else listens on port " + taken + "; stop it, or shift all ports with --port-offset "
                            + otherOffset(ports));
        }
    }

    private static int otherOffset(Ports ports) {
        return ports.offset() == 0 ? 1000 : ports.offset() / 2;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(Ports.HOST, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
