package dev.millrace.schemas.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a client of Postgres says, read as far as it takes to notice one order, for example COMMIT: as
 * a simple query, or prepared, bound and executed. Has to see a connection from its first byte. The format is in the
 * PostgreSQL manual under "Message Formats". Not thread-safe.
 */
final class FrontendMessages {
    /** Before the session runs, messages have no type; their length begins with a zero byte. */
    private static final char UNTYPED = 0;

    private static final String READ_WHOLE = "QPBE";

    private final String order;
    private final ByteBuffer header = ByteBuffer.allocate(5);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Set<String> statements = new HashSet<>();
    private final Set<String> portals = new HashSet<>();
    private char type;
    private int remaining;

    /** @param order one word of SQL in upper case, which is all of a statement */
    FrontendMessages(String order) {
        this.order = order;
    }

    /** Whether these bytes complete the order. */
    boolean orderIn(byte[] bytes, int length) {
        boolean ordered = false;
        int position = 0;
        while (position < length) {
            if (remaining == 0) {
                ordered |= takeHeader(bytes[position++]);
            } else {
                int taken = Math.min(remaining, length - position);
                if (READ_WHOLE.indexOf(type) >= 0) {
                    body.write(bytes, position, taken);
                }
                position += taken;
                remaining -= taken;
                ordered |= remaining == 0 && complete();
            }
        }
        return ordered;
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
            case 'Q' -> isOrder(texts[0]);
            case 'P' -> note(statements, texts[0], isOrder(texts[1]));
            case 'B' -> note(portals, texts[0], statements.contains(texts[1]));
            case 'E' -> portals.contains(texts[0]);
            default -> false;
        };
    }

    private static boolean note(Set<String> names, String name, boolean isOrder) {
        if (isOrder) {
            names.add(name);
        } else {
            names.remove(name);
        }
        return false;
    }

    private boolean isOrder(String sql) {
        return sql.strip().toUpperCase(Locale.ROOT).matches(order + "\\s*;?");
    }
}
