package dev.millrace.schemas.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * A key as it is stored. The digest needs neither salt nor repetition: keys are random, none can be
 * guessed from a list.
 *
 * @param name whose it is; several keys may have one name, while one follows the other
 * @param scopes at least one
 * @param sha256 of the key's characters, 32 bytes
 */
record ApiKey(String name, Set<AccessScope> scopes, byte[] sha256) {
    static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    boolean isFor(AccessScope needed) {
        return scopes.stream().anyMatch(scope -> scope.includes(needed));
    }

    /** Without the digest. */
    @Override
    public String toString() {
        return name + " " + scopes;
    }
}
