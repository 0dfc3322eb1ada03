package dev.millrace.schemas.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How a service is set up to decide about access.
 *
 * @param service the first word of its settings: {@code query-api}
 * @param host what it listens on
 * @param keysFile the file with the keys; empty for a service that asks for none
 */
public record AccessSetup(String service, String host, Optional<Path> keysFile) {
    /**
     * Reads the keys, or makes sure that the service can do without.
     *
     * @param nanoTime monotonic time in nanoseconds
     * @throws AccessSetupException if the file cannot be used, or if there is none and others than this
     *     machine's processes could reach the service
     */
    public AccessCheck open(LongSupplier nanoTime) {
        if (keysFile.isPresent()) {
            return new WatchedApiKeys(new ApiKeyFile(keysFile.get()), nanoTime);
        }
        requireLoopback();
        return (key, needed) -> new Access.Granted("local");
    }

    private void requireLoopback() {
        try {
            if (Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress)) {
                return;
            }
        } catch (UnknownHostException nowhere) {
            throw new AccessSetupException(service + ".host is '" + host + "', which has no address here", nowhere);
        }
        throw new AccessSetupException(
                service + ".host is '" + host + "', which other machines can reach, and there are"
                        + " no API keys: make one with 'millrace config api-key NAME --scopes read --append FILE' and set "
                        + service + ".api-keys-file=FILE, or listen on 127.0.0.1");
    }
}
