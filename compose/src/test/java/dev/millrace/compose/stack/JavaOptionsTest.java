package dev.millrace.compose.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaOptionsTest {
    @Test
    void sinkHasOneCollectingThread() {
        assertThat(JavaOptions.sink(List.of("-Xmx1g"), Map.of("JAVA_TOOL_OPTIONS", "-Duser=me")))
                .containsExactly("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g");
    }

    @Test
    void anotherCollectorTakesThePlaceOfOurs() {
        assertThat(JavaOptions.sink(List.of("-XX:+UseG1GC"), Map.of()))
                .containsExactly("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseG1GC");
        assertThat(JavaOptions.sink(List.of(), Map.of("JDK_JAVA_OPTIONS", "-Xint -XX:+UseZGC")))
                .doesNotContain("-XX:+UseSerialGC");
    }
}
