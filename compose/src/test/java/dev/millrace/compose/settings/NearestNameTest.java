package dev.millrace.compose.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> NAMES = List.of("sink.host", "sink.port", "sink.batch.max-rows");

    @Test
    void nearestNameIsSuggested() {
        assertThat(NearestName.suggestion("sink.prot", NAMES)).isEqualTo("; did you mean sink.port?");
        assertThat(NearestName.suggestion("sink.batch.maxRows", NAMES)).contains("sink.batch.max-rows");
        assertThat(NearestName.suggestion("snk.host", NAMES)).contains("sink.host");
    }

    @Test
    void nothingIsSuggestedWhereNothingIsNear() {
        assertThat(NearestName.suggestion("compression", NAMES)).isEmpty();
    }
}
