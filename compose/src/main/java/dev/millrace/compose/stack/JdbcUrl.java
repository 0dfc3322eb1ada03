package dev.millrace.compose.stack;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A database and who logs in to it, apart from each other so that the address can be logged.
 *
 * @param address JDBC URL without user and password
 * @param user a role; empty if none is known
 * @param password its password; empty if none is known
 */
public record JdbcUrl(String address, String user, String password) {
    private static final String PREFIX = "jdbc:postgresql://";

    public JdbcUrl {
        if (!address.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a database is " + PREFIX + "HOST:PORT/NAME");
        }
    }

    static JdbcUrl of(int port, String database, String user, String password) {
        return new JdbcUrl(PREFIX + Ports.HOST + ":" + port + "/" + database, user, password);
    }

    /**
     * Takes user and password out of a URL's parameters; the others stay.
     *
     * @throws IllegalArgumentException if it is no JDBC URL for Postgres; never quotes the text
     */
    public static JdbcUrl parse(String url) {
        int query = url.indexOf('?');
        if (query < 0) {
            return new JdbcUrl(url, "", "");
        }
        String user = "";
        String password = "";
        List<String> others = new ArrayList<>();
        for (String parameter : url.substring(query + 1).split("&")) {
            if (parameter.startsWith("user=")) {
                user = decoded(parameter);
            } else if (parameter.startsWith("password=")) {
                password = decoded(parameter);
            } else if (!parameter.isEmpty()) {
                others.add(parameter);
            }
        }
        String base = url.substring(0, query);
        return new JdbcUrl(others.isEmpty() ? base : base + "?" + String.join("&", others), user, password);
    }

    /** The same database with another login. */
    JdbcUrl as(String otherUser, String otherPassword) {
        return new JdbcUrl(address, otherUser, otherPassword);
    }

    /** Another database of the same server, with the same login; parameters are dropped. */
    JdbcUrl in(String database) {
        int path = address.indexOf('/', PREFIX.length());
        return new JdbcUrl(address.substring(0, path + 1) + database, user, password);
    }

    /** With user and password as parameters, as the driver reads them. */
    String withCredentials() {
        return address + (address.contains("?") ? "&" : "?") + "user=" + encoded(user) + "&password="
                + encoded(password);
    }

    /** For psql and everything else that is built on libpq. */
    String forLibpq() {
        return "postgresql://" + encoded(user) + ":" + encoded(password) + "@" + address.substring(PREFIX.length());
    }

    /** Without the password. */
    @Override
    public String toString() {
        return address;
    }

    private static String encoded(String text) {
        // libpq takes a plus for a plus, the driver takes it for a space: avoid it.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String parameter) {
        return URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), StandardCharsets.UTF_8);
    }
}
