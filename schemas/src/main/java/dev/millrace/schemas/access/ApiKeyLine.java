package dev.millrace.schemas.access;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of the file: {@code name scopes sha256}, as {@code dashboard read,write 9f86d0…}. What is wrong
 * with one is told without quoting it: it may hold a key by mistake.
 */
final class ApiKeyLine {
    static final String NAMES = "up to 64 letters, digits, '.', '_' and '-', beginning with a letter or a digit,"
            + " without '" + NewApiKey.PREFIX + "'";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private ApiKeyLine() {}

    /**
     * Reads a line that is neither empty nor a comment.
     *
     * @throws IllegalArgumentException saying what is wrong, to be put behind the number of the line
     */
    static ApiKey read(String line) {
        if (line.contains(NewApiKey.PREFIX)) {
            throw new IllegalArgumentException("seems to hold a key itself, which is compromised now; make another with"
                    + " 'millrace config api-key', and put in the line that it prints");
        }
        String[] words = line.strip().split("\\s+");
        if (words.length != 3) {
            throw new IllegalArgumentException("has " + words.length + " words, not three: name scopes sha256");
        }
        if (!isName(words[0])) {
            throw new IllegalArgumentException("has no name as its first word: " + NAMES);
        }
        if (!SHA256.matcher(words[2]).matches()) {
            throw new IllegalArgumentException("has no SHA-256 as its third word, 64 hexadecimal digits");
        }
        return new ApiKey(words[0], scopes(words[1]), HexFormat.of().parseHex(words[2]));
    }

    static String write(ApiKey key) {
        String scopes = key.scopes().stream().map(AccessScope::label).collect(Collectors.joining(","));
        return key.name() + " " + scopes + " " + HexFormat.of().formatHex(key.sha256());
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches() && !text.contains(NewApiKey.PREFIX);
    }

    private static Set<AccessScope> scopes(String word) {
        Set<AccessScope> scopes = EnumSet.noneOf(AccessScope.class);
        for (String label : word.split(",", -1)) {
            Optional<AccessScope> scope = AccessScope.labelled(label);
            scopes.add(scope.orElseThrow(() -> new IllegalArgumentException(
                    "has a scope that is none; there are read, write and admin, several separated by commas")));
        }
        return scopes;
    }
}
