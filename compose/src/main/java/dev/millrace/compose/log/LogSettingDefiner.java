package dev.millrace.compose.log;

import ch.qos.logback.core.PropertyDefinerBase;

/** Gives {@code logback.xml} the settings, checked: Logback itself would log nothing after a typo. */
public final class LogSettingDefiner extends PropertyDefinerBase {
    private String setting = "";

    /** @param setting {@code layout}, which is the name of a class, or {@code level} */
    public void setSetting(String setting) {
        this.setting = setting;
    }

    @Override
    public String getPropertyValue() {
        LogSettings settings = LogSettings.from(System.getenv());
        if (setting.equals("level")) {
            return settings.level();
        }
        return (settings.isJson() ? JsonLayout.class : TextLayout.class).getSimpleName();
    }
}
