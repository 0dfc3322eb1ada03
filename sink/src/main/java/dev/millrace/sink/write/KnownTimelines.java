package dev.millrace.sink.write;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The highest timeline of each database that was ever seen. A server with a lower one is the primary
 * of before a failover: whoever writes there writes where nobody reads. A server with another system
 * identifier is another database, not a failover. Thread-safe.
 */
public final class KnownTimelines {
    private static final Logger LOG = LoggerFactory.getLogger(KnownTimelines.class);

    /** At most 19 and 10 digits, so that both fit a long. */
    private static final Pattern ENTRY = Pattern.compile("(?<![^ ])([0-9]{1,18}|[0-8][0-9]{18})/([0-9]{1,10})(?![^ ])");

    /** As if the server were a standby: connecting again, later, may lead to the right one. */
    private static final String READ_ONLY = "25006";

    private final Map<Long, Long> highest = new TreeMap<>();
    private @Nullable ServerIdentity refused;

    /** Learns what {@link #asText} gave elsewhere; what is no such text is passed over. */
    public synchronized void learn(String text) {
        Matcher entry = ENTRY.matcher(text);
        while (entry.find()) {
            highest.merge(Long.parseLong(entry.group(1)), Long.parseLong(entry.group(2)), Math::max);
        }
    }

    /** {@code systemIdentifier/timeline} of each database, with a space between; empty if none is known. */
    public synchronized String asText() {
        return highest.entrySet().stream()
                .map(database -> database.getKey() + "/" + database.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Whether the last server that we came to was an old primary. */
    public synchronized boolean isRefusing() {
        return refused != null;
    }

    /**
     * Lets a server pass whose timeline is as high as any that was seen of its database.
     *
     * @throws SQLException if it is an old primary
     */
    synchronized void require(ServerIdentity server) throws SQLException {
        Long known = highest.get(server.systemIdentifier());
        if (known != null && server.timeline() < known) {
            throw refusal(server, known);
        }
        refused = null;
        if (known == null || server.timeline() > known) {
            sayWhatIsNew(server, known);
            highest.put(server.systemIdentifier(), server.timeline());
        }
    }

    private SQLException refusal(ServerIdentity server, long known) {
        String message = ("the server is an old primary: systemIdentifier=%d timeline=%d highestTimelineSeen=%d;"
                        + " nothing is written here; point sink.writer-url and sink.owner-url at the promoted server,"
                        + " and clone this one from it before it serves again")
                .formatted(server.systemIdentifier(), server.timeline(), known);
        if (!server.equals(refused)) {
            LOG.error("{}", message);
        }
        refused = server;
        return new SQLException(message, READ_ONLY);
    }

    private void sayWhatIsNew(ServerIdentity server, @Nullable Long known) {
        if (known != null) {
            LOG.warn(
                    "the primary was promoted: systemIdentifier={} timeline={} before={}",
                    server.systemIdentifier(),
                    server.timeline(),
                    known);
        } else if (!highest.isEmpty()) {
            LOG.warn(
                    "this is another database than before, not a failover: systemIdentifier={} timeline={} known={}",
                    server.systemIdentifier(),
                    server.timeline(),
                    asText());
        }
    }
}
