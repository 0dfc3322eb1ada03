package dev.millrace.compose.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentFileTest {
    @TempDir
    private Path directory;

    @Test
    void readsBackWhatWasWrittenInTheSameOrder() throws IOException {
        // Given
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("PRIMARY_URL", "jdbc:postgresql://127.0.0.1:5433/millrace?user=a&password=b=c");
        settings.put("A_1", "");
        EnvironmentFile file = new EnvironmentFile(directory.resolve("env"));
        // When
        file.write(settings);
        // Then
        assertThat(file.read()).containsExactlyEntriesOf(settings);
    }

    @Test
    void onlyItsOwnerCanReadItAndNothingUnfinishedStays() throws IOException {
        // Given
        EnvironmentFile file = new EnvironmentFile(directory.resolve("env"));
        // When
        file.write(Map.of("SINK_URL", "x"));
        file.write(Map.of("SINK_URL", "y"));
        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(directory).isDirectoryContaining("glob:**env").isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void valueOfTwoLinesIsRefusedAndNotQuoted() {
        EnvironmentFile file = new EnvironmentFile(directory.resolve("env"));
        assertThatThrownBy(() -> file.write(Map.of("SECRET", "one\ntwo")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SECRET")
                .hasMessageNotContaining("one");
    }
}
