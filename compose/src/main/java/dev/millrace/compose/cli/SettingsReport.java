package dev.millrace.compose.cli;

import dev.millrace.compose.settings.EffectiveSetting;
import dev.millrace.compose.settings.Scope;
import dev.millrace.compose.settings.Setting;
import dev.millrace.compose.settings.Settings;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Shows settings, and what is wrong with them, to a person. Shows no password. */
final class SettingsReport {
    private SettingsReport() {}

    /** All that is wrong, in one message. */
    static String message(List<String> problems, List<Setting> missing) {
        List<String> all = Stream.concat(
                        problems.stream(),
                        missing.stream()
                                .map(setting -> setting.key() + " is missing (" + setting.environmentName() + ")"))
                .toList();
        return all.size() == 1
                ? all.get(0)
                : all.size() + " things are wrong with the settings:\n  " + String.join("\n  ", all);
    }

    /** In the form of a file of properties. */
    static void print(Settings settings, Collection<Scope> scopes, PrintWriter out) {
        for (EffectiveSetting each : settings.effective(scopes)) {
            String line = each.setting().key() + "=" + each.shown();
            out.println("# " + each.setting().meaning() + ". From: " + each.place() + ".");
            out.println(each.isMissing() ? "# " + line : line);
        }
        out.flush();
    }
}
