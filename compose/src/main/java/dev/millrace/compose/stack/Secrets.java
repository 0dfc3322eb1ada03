package dev.millrace.compose.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The passwords of a stack, a file for each role. They are made once, at random, and stay.
 *
 * @param directory where the files lie
 */
record Secrets(Path directory) {
    private static final int BYTES = 24;

    /** Makes those that are missing. */
    void complete() throws IOException {
        SecureRandom random = new SecureRandom();
        for (Role role : Role.values()) {
            if (!Files.exists(file(role))) {
                byte[] secret = new byte[BYTES];
                random.nextBytes(secret);
                // Letters, digits, '-' and '_' only: it needs no quoting in any URL or SQL.
                PrivateFile.write(
                        file(role), Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n");
            }
        }
    }

    /** @throws StackException UNAVAILABLE if it was never made */
    String password(Role role) throws IOException {
        try {
            return Files.readString(file(role)).strip();
        } catch (NoSuchFileException missing) {
            throw new StackException(
                    StackException.Kind.UNAVAILABLE, "no password in " + file(role) + "; has 'millrace up' run here?");
        }
    }

    Path file(Role role) {
        return directory.resolve(role.roleName());
    }
}
