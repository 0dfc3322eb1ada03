package dev.millrace.compose.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What settings are read from, the strongest first; the defaults come after all of it.
 *
 * @param flags by key
 * @param environment by variable
 * @param stack what the running stack says, by variable; empty if none runs
 * @param stackPlace what to call that
 * @param stackNames variables that a stack tells of itself and that are no settings
 * @param file properties by key
 */
public record SettingsSources(
        Map<String, String> flags,
        Map<String, String> environment,
        Map<String, String> stack,
        String stackPlace,
        Set<String> stackNames,
        Optional<Path> file) {

    public SettingsSources {
        flags = Map.copyOf(flags);
        environment = Map.copyOf(environment);
        stack = Map.copyOf(stack);
        stackNames = Set.copyOf(stackNames);
    }

    /** The environment and the defaults alone. */
    public static SettingsSources ofEnvironment(Map<String, String> environment, Set<String> stackNames) {
        return new SettingsSources(Map.of(), environment, Map.of(), "", stackNames, Optional.empty());
    }

    /** Without values, which may be passwords. */
    @Override
    public String toString() {
        return "flags=" + flags.keySet() + " stack=" + stackPlace + " file=" + file;
    }
}
