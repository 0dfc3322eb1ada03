package dev.millrace.compose.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Looks whether the ports are free before anything is started, to say it once and clearly. */
public final class FreePorts {
    /** Below the ports that connections begin from, which come and go. */
    private static final int MOST = 23_000;

    private static final int LEAST = 1_000;

    private FreePorts() {}

    /**
     * Ports for a stack that nobody has to know the ports of. They are free now; whoever else looks at
     * the same time may take them first.
     */
    public static Ports find() {
        while (true) {
            Ports ports = new Ports(ThreadLocalRandom.current().nextInt(LEAST, MOST));
            if (ports.byName().values().stream().allMatch(FreePorts::isFree)) {
                return ports;
            }
        }
    }

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
