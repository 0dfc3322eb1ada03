package dev.millrace.compose.settings;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which keys there are, and which values may not stand on a command line. */
final class KeyCheck {
    private final Set<String> known = new TreeSet<>();

    KeyCheck(Collection<Scope> scopes) {
        Scope.settings(scopes).forEach(setting -> known.add(setting.key()));
        KafkaPassThrough.properties().forEach(property -> known.add(KafkaPassThrough.PREFIX + property));
    }

    /** What is wrong with a key, if nobody knows it. */
    Optional<String> unknown(String key, String place) {
        if (known.contains(key)) {
            return Optional.empty();
        }
        return Optional.of("unknown key '" + key + "' (" + place + ")" + NearestName.suggestion(key, known));
    }

    /** What is wrong with a flag: its key, or a password, which every user of the machine could read. */
    Optional<String> flag(String key, String value) {
        Optional<String> unknown = unknown(key, Origin.FLAG.toString());
        if (unknown.isPresent() || !(Mask.hasPassword(value) || isKafkaSecret(key))) {
            return unknown;
        }
        String name = Setting.variable(key);
        return Optional.of(key + " holds a password, which must not stand on a command line; set " + name + ", or "
                + name + "_FILE to a file that holds it");
    }

    private static boolean isKafkaSecret(String key) {
        return key.startsWith(KafkaPassThrough.PREFIX)
                && KafkaPassThrough.isSecret(key.substring(KafkaPassThrough.PREFIX.length()));
    }
}
