package dev.millrace.compose.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Stands for bytes that are compared and not shown: the first half of a SHA-256. Millions of records
 * fit into memory this way; two that differ look equal with a chance of one in 2^128, or 2^64 where
 * only {@link #high} is kept.
 */
record Digest(long high, long low) {
    /** Of several byte strings in this order; none is not the same as an empty one. */
    static Digest of(byte @Nullable [] first, byte @Nullable [] second) {
        MessageDigest sha = sha256();
        update(sha, first);
        update(sha, second);
        return first16(sha);
    }

    static long shortOf(byte @Nullable [] bytes) {
        return of(bytes, null).high();
    }

    static long shortOf(@Nullable String text) {
        return shortOf(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    static Digest parse(String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        return new Digest(bytes.getLong(), bytes.getLong());
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }

    private static void update(MessageDigest sha, byte @Nullable [] bytes) {
        int length = bytes == null ? -1 : bytes.length;
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
        if (bytes != null) {
            sha.update(bytes);
        }
    }

    private static Digest first16(MessageDigest sha) {
        ByteBuffer bytes = ByteBuffer.wrap(sha.digest());
        return new Digest(bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
