package dev.millrace.compose.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.compose.settings.EffectiveSetting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Settings for programs, on one line. Shows no password. */
final class SettingsJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SettingsJson() {}

    /** {@code {"settings":[{"key","value"?,"origin","place","variable","meaning"}]}}. */
    static void print(List<EffectiveSetting> settings, PrintWriter out) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("settings");
            for (EffectiveSetting each : settings) {
                write(each, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println(text);
        out.flush();
    }

    private static void write(EffectiveSetting each, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", each.setting().key());
        if (!each.isMissing()) {
            json.writeStringField("value", each.shown());
        }
        json.writeStringField("origin", each.origin().toString());
        json.writeStringField("place", each.place());
        json.writeStringField("variable", each.setting().environmentName());
        json.writeStringField("meaning", each.setting().meaning());
        json.writeEndObject();
    }
}
