package dev.millrace.compose.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** A question that is asked again and again until the answer is yes. */
@FunctionalInterface
public interface Readiness {
    /** Whether it is ready; no exception for one that is not. */
    boolean isReady();

    /** Something listens on this port of the loopback address. */
    static Readiness port(int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
                // Among the ports that connections begin from, one can meet itself.
                return socket.getLocalPort() != port;
            } catch (IOException notYet) {
                return false;
            }
        };
    }

    /** A GET answers 200 within two seconds. */
    static Readiness http(URI uri) {
        return () -> {
            try {
                HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
                connection.setConnectTimeout(500);
                connection.setReadTimeout(2000);
                try {
                    return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
                } finally {
                    connection.disconnect();
                }
            } catch (IOException notYet) {
                return false;
            }
        };
    }
}
