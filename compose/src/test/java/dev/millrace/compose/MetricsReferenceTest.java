package dev.millrace.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {
    @Test
    void pageSaysWhatTheCodeSays() throws IOException {
        // When
        String page = MetricsReference.markdown();
        if (Boolean.getBoolean("golden.update") || "".equals(System.getProperty("golden.update"))) {
            Files.writeString(MetricsReference.PAGE, page);
        }
        // Then
        assertThat(MetricsReference.PAGE)
                .as("docs/metrics.md; -Dgolden.update rewrites it")
                .content()
                .isEqualTo(page);
    }
}
