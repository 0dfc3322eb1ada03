package dev.millrace.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GoldenFilesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final PathMatcher GOLDEN =
            FileSystems.getDefault().getPathMatcher("glob:*/src/test/resources/golden/*");
    private static final Pattern TABLE_ROW = Pattern.compile("(?m)^\\| `([^`]+/golden/[^`]+)` \\|");

    @Test
    void tableInTheDocumentationNamesEveryGoldenFile() throws IOException {
        // Given
        String documentation = Files.readString(ROOT.resolve("docs").resolve("tests.md"));
        // When
        List<String> listed = TABLE_ROW
                .matcher(documentation)
                .results()
                .map(row -> row.group(1))
                .toList();
        // Then
        try (Stream<Path> files = Files.walk(ROOT, 6)) {
            assertThat(listed)
                    .containsExactlyInAnyOrderElementsOf(files.map(ROOT::relativize)
                            .filter(GOLDEN::matches)
                            .map(Path::toString)
                            .toList());
        }
    }
}
