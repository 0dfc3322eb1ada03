package dev.millrace.compose.stack;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where each process listens, on the loopback address. All ports shift together, so that several
 * stacks fit on one machine. 8081 and 8083 are kept for the gateway and the normaliser.
 *
 * @param offset added to each port, 0 to 56,000
 */
public record Ports(int offset) {
    /** The only address anything listens on. Not a name: a name may also mean another address. */
    public static final String HOST = "127.0.0.1";

    private static final int LARGEST_OFFSET = 56_000;

    public Ports {
        if (offset < 0 || offset > LARGEST_OFFSET) {
            throw new StackException(
                    StackException.Kind.USAGE, "--port-offset is 0 to " + LARGEST_OFFSET + ", not " + offset);
        }
    }

    int kafka() {
        return 9092 + offset;
    }

    int kafkaController() {
        return 9093 + offset;
    }

    public int primary() {
        return 5433 + offset;
    }

    int replica() {
        return 5434 + offset;
    }

    int queryApi() {
        return 8080 + offset;
    }

    public int sink() {
        return 8082 + offset;
    }

    /** The ports that are used, with the names that people know the processes by. */
    Map<String, Integer> byName() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("Kafka", kafka());
        ports.put("Kafka's controller", kafkaController());
        ports.put("the primary", primary());
        ports.put("the replica", replica());
        ports.put("the sink", sink());
        ports.put("the query API", queryApi());
        return ports;
    }
}
