package dev.millrace.query.read;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Cursors as text: base64url, without padding, of a version, the kind of walk, topic id, filter
 * hash, bounds, position and a checksum. The checksum finds accidents; whoever forges a cursor gets
 * an answer to a question that could have been asked without one. Thread-safe.
 */
public final class CursorCodec {
    /** Longest text that is read; some hundred partitions fit. */
    static final int MAX_CHARACTERS = 8_192;

    private static final int VERSION = 1;
    private static final int ORDERED = 0;
    private static final int FOLLOWING = 1;
    private static final int AT_END = 2;

    private CursorCodec() {}

    /** The text for a client. Equal cursors have equal texts. */
    public static String encode(Cursor cursor) {
        CursorOutput output = new CursorOutput();
        output.octet(VERSION);
        if (cursor.walk() instanceof Walk.Ordered ordered) {
            head(output, ORDERED, cursor);
            output.bounds(ordered.through());
            output.key(ordered.last());
        } else if (cursor.walk() instanceof Walk.Following following) {
            boolean atEnd = following.isAtEnd();
            head(output, atEnd ? AT_END : FOLLOWING, cursor);
            output.bounds(following.from());
            if (!atEnd) {
                output.bounds(following.through());
            }
        }
        byte[] body = output.bytes();
        ByteBuffer sealed = ByteBuffer.allocate(body.length + Integer.BYTES);
        sealed.put(body).putInt(checksum(body, body.length));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
    }

    private static void head(CursorOutput output, int kind, Cursor cursor) {
        output.octet(kind);
        output.text(cursor.topicId());
        output.fixed(cursor.filterHash());
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws InvalidCursorException if it is anything else
     */
    public static Cursor decode(String text) {
        byte[] sealed = unwrap(text);
        CursorInput input = new CursorInput(ByteBuffer.wrap(sealed, 0, sealed.length - Integer.BYTES));
        if (input.octet() != VERSION) {
            throw new InvalidCursorException("a cursor of another version");
        }
        int kind = input.octet();
        String topicId = input.text();
        long filterHash = input.fixed();
        Walk walk = switch (kind) {
            case ORDERED -> new Walk.Ordered(input.bounds(), input.key());
            case FOLLOWING -> new Walk.Following(input.bounds(), input.bounds());
            case AT_END -> Walk.Following.begin(input.bounds());
            default -> throw new InvalidCursorException("not a cursor");
        };
        input.end();
        return new Cursor(topicId, filterHash, walk);
    }

    private static byte[] unwrap(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidCursorException("not a cursor: longer than " + MAX_CHARACTERS + " characters");
        }
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidCursorException("not a cursor: no base64url", malformed);
        }
        // The decoder overlooks padding and spare bits: other texts with the same bytes.
        boolean asWritten =
                Base64.getUrlEncoder().withoutPadding().encodeToString(sealed).equals(text);
        int body = sealed.length - Integer.BYTES;
        if (!asWritten || body < 1 || ByteBuffer.wrap(sealed).getInt(body) != checksum(sealed, body)) {
            throw new InvalidCursorException("not a cursor: cut or altered");
        }
        return sealed;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
