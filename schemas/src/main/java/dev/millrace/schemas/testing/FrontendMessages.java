package dev.millrace.schemas.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a client of Postgres says, read as far as it takes to notice a COMMIT: as a simple query, or
 * prepared, bound and executed. Has to see a connection from its first byte. The format is in the
 * PostgreSQL manual under "Message Formats". Not thread-safe.
 */
final class FrontendMessages {
    /** Before the session runs, messages have no type; their length begins with a zero byte. */
    private static final char UNTYPED = 0;

    private static final String READ_WHOLE = "QPBE";

    private final ByteBuffer header = ByteBuffer.allocate(5);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Set<String> statements = new HashSet<>();
    private final Set<String> portals = new HashSet<>();
    private char type;
    private int remaining;

    /** Whether these bytes complete an order to commit. */
    boolean commitIn(byte[] bytes, int length) {
        boolean commit = false;
        int position = 0;
        while (position < length) {
            if (remaining == 0) {
                commit |= takeHeader(bytes[position++]);
            } else {
                int taken = Math.min(remaining, length - position);
                if (READ_WHOLE.indexOf(type) >= 0) {
                    body.write(bytes, position, taken);
                }
                position += taken;
                remaining -= taken;
                commit |= remaining == 0 && complete();
            }
        }
        return commit;
    }

    private boolean takeHeader(byte next) {
        header.put(next);
        type = (char) header.get(0);
        int size = type == UNTYPED ? 4 : 5;
        if (header.position() < size) {
            return false;
        }
        remaining = header.getInt(size - 4) - 4;
        header.clear();
        body.reset();
        return remaining == 0 && complete();
    }

    private boolean complete() {
        String[] texts = body.toString(StandardCharsets.ISO_8859_1).split("\0", 3);
        return switch (type) {
            case 'Q' -> isCommit(texts[0]);
            case 'P' -> note(statements, texts[0], isCommit(texts[1]));
            case 'B' -> note(portals, texts[0], statements.contains(texts[1]));
            case 'E' -> portals.contains(texts[0]);
            default -> false;
        };
    }

    private static boolean note(Set<String> names, String name, boolean commits) {
        if (commits) {
            names.add(name);
        } else {
            names.remove(name);
        }
        return false;
    }

    private static boolean isCommit(String sql) {
        return sql.strip().toUpperCase(Locale.ROOT).matches("COMMIT\\s*;?");
    }
}
