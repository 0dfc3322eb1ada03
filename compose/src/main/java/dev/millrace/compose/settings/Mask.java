package dev.millrace.compose.settings;

import java.util.regex.Pattern;

/** Takes passwords out of values that are shown. */
final class Mask {
    private static final String MASK = "***";
    private static final Pattern PARAMETER = Pattern.compile("(?i)(password\\s*=\\s*)[^&;\\s]+");
    private static final Pattern USER_INFO = Pattern.compile("(//[^/@:]*:)[^/]*@");

    private Mask() {}

    /** A secret value. Of a JDBC address everything but the password is shown, of others nothing. */
    static String secret(String value) {
        return value.isEmpty() || value.startsWith("jdbc:postgresql:") ? passwords(value) : MASK;
    }

    /** A value that is not meant to hold a password, and may. */
    static String passwords(String value) {
        return USER_INFO
                .matcher(PARAMETER.matcher(value).replaceAll("$1" + MASK))
                .replaceAll("$1" + MASK + "@");
    }

    static boolean hasPassword(String value) {
        return !passwords(value).equals(value);
    }
}
