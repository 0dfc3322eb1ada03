package dev.millrace.compose.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    /** Tests run in their module's directory. */
    private static final Path PAGE = Path.of("..", "docs", "settings.md");

    @Test
    void pageSaysWhatTheCodeSays() throws IOException {
        // When
        String page = SettingsReference.markdown();
        if (Boolean.getBoolean("golden.update") || "".equals(System.getProperty("golden.update"))) {
            Files.writeString(PAGE, page);
        }
        // Then
        assertThat(PAGE)
                .as("docs/settings.md; -Dgolden.update rewrites it")
                .content()
                .isEqualTo(page);
    }
}
