package dev.millrace.schemas.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a setting.
 *
 * @param key its name in files and flags
 * @param byDefault what holds where nothing is said; null where something has to be
 * @param meaning what it is for, in a line
 * @param expected what a value has to be, to be put behind "is not"
 * @param check whether a value is that
 * @param secret whether a password may be in the value
 */
public record SettingRule(
        String key,
        @Nullable String byDefault,
        String meaning,
        String expected,
        Predicate<String> check,
        boolean secret) {

    /** A database with its login, which has no default. */
    public static SettingRule database(String key, String meaning) {
        return new SettingRule(
                key,
                null,
                meaning,
                "a JDBC address (jdbc:postgresql://host:port/database?user=…&password=…)",
                value -> value.startsWith("jdbc:postgresql:"),
                true);
    }

    /** Anything but blanks. */
    public static SettingRule text(String key, String byDefault, String meaning) {
        return checked(key, byDefault, meaning, "a text that is not blank", value -> !value.isBlank());
    }

    /** A whole number within bounds, both included. */
    public static SettingRule number(String key, String byDefault, String meaning, long least, long most) {
        return checked(
                key,
                byDefault,
                meaning,
                "a number from " + least + " to " + most,
                value -> isNumber(value, least, most));
    }

    /** @param choices what it can be, in the order in which a person is told of them */
    public static SettingRule choice(String key, String byDefault, String meaning, String... choices) {
        return checked(key, byDefault, meaning, String.join(" or ", choices), List.of(choices)::contains);
    }

    /** Whatever passes a check; no secret. */
    public static SettingRule checked(
            String key, String byDefault, String meaning, String expected, Predicate<String> check) {
        return new SettingRule(key, byDefault, meaning, expected, check, false);
    }

    Optional<String> problem(String value) {
        if (check.test(value)) {
            return Optional.empty();
        }
        return Optional.of(secret ? "is not " + expected : "is '" + value + "', not " + expected);
    }

    private static boolean isNumber(String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            return number >= least && number <= most;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
