package dev.millrace.compose.settings;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says for a person why a file cannot be read. */
final class FileProblem {
    private FileProblem() {}

    static String of(String file, Exception failure) {
        String reason;
        if (failure instanceof NoSuchFileException) {
            reason = "there is no such file";
        } else if (failure instanceof AccessDeniedException) {
            reason = "no permission";
        } else if (failure instanceof CharacterCodingException) {
            reason = "it is no text in UTF-8";
        } else {
            reason = String.valueOf(failure.getMessage());
        }
        return "cannot read " + file + ": " + reason;
    }
}
