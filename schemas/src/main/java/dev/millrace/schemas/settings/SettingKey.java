package dev.millrace.schemas.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One of a service's settings. Each service lists its own, in the order in which they are shown. */
public interface SettingKey {
    /** What holds for it. */
    SettingRule rule();

    /** The name in files and flags. */
    default String key() {
        return rule().key();
    }

    /** What holds where nothing is said; empty where something has to be. */
    default Optional<String> byDefault() {
        return Optional.ofNullable(rule().byDefault());
    }

    /** What it is for, in a line. */
    default String meaning() {
        return rule().meaning();
    }

    /** Whether a password may be in the value, so that it is not to be shown as it is. */
    default boolean isSecret() {
        return rule().secret();
    }

    /** What is wrong with a value, to be put behind the key; quotes no secret. */
    default Optional<String> problem(String value) {
        return rule().problem(value);
    }

    /** The value from among those by key, or its default; empty if there is neither. */
    default String in(Map<String, String> values) {
        return values.getOrDefault(key(), byDefault().orElse(""));
    }

    /** A sentence for each value that is missing or wrong, in the order of the keys. */
    static <K extends SettingKey> List<String> problems(K[] keys, Function<K, String> values) {
        List<String> problems = new ArrayList<>();
        for (K each : keys) {
            String value = values.apply(each);
            if (value.isEmpty() && !each.byDefault().equals(Optional.of(value))) {
                problems.add(each.key() + " is missing");
            } else {
                each.problem(value).ifPresent(problem -> problems.add(each.key() + " " + problem));
            }
        }
        return problems;
    }
}
