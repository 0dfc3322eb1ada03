package dev.millrace.compose.settings;

import java.util.Optional;

/**
 * A setting with the value that holds.
 *
 * @param value empty only where the origin is MISSING
 * @param origin the kind of place the value comes from
 * @param place that place for a person: {@code environment SINK_PORT}
 */
public record EffectiveSetting(Setting setting, String value, Origin origin, String place) {

    /** Whether nobody said it. */
    public boolean isMissing() {
        return origin == Origin.MISSING;
    }

    /** What is wrong with it, in a sentence; nothing for one that is missing. */
    Optional<String> problem() {
        if (isMissing()) {
            return Optional.empty();
        }
        Optional<String> problem = value.isEmpty() && !mayBeEmpty()
                ? Optional.of("is empty")
                : setting.check().apply(value);
        return problem.map(wrong -> setting.key() + " " + wrong + " (" + place + ")");
    }

    private boolean mayBeEmpty() {
        return setting.byDefault().filter(String::isEmpty).isPresent();
    }

    /** The value with every password in it masked. */
    public String shown() {
        return setting.secret() ? Mask.secret(value) : Mask.passwords(value);
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return setting.key() + "=" + shown() + " (" + place + ")";
    }
}
