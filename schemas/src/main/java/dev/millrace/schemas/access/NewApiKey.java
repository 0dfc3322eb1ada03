package dev.millrace.schemas.access;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * A key that was just made: the only moment in which it can be shown.
 *
 * @param key what a client presents
 * @param line what the file of the services gets
 */
public record NewApiKey(String key, String line) {
    /** By which a person, or a search for leaked secrets, knows one. */
    static final String PREFIX = "mr_";

    private static final int BYTES = 32;

    /**
     * Makes one.
     *
     * @param name whose it will be
     * @param scopes what it will be for, at least one
     * @throws IllegalArgumentException if the name cannot stand in the file, or there is no scope
     */
    public static NewApiKey make(String name, Set<AccessScope> scopes, SecureRandom random) {
        if (!ApiKeyLine.isName(name)) {
            throw new IllegalArgumentException("the name of a key is " + ApiKeyLine.NAMES);
        }
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return new NewApiKey(key, ApiKeyLine.write(new ApiKey(name, EnumSet.copyOf(scopes), ApiKey.digest(key))));
    }

    /**
     * Adds the line at the end of a file, and makes the file, readable by its owner alone, if it is not there.
     *
     * @throws AccessSetupException if the file is there and cannot be used as it is
     */
    public void appendTo(Path file) throws IOException {
        new ApiKeyFile(file).append(line);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return line;
    }
}
