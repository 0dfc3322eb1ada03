package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownTimelinesTest {
    private static final long DATABASE = 7_575_757_575_757_575_757L;

    private final KnownTimelines timelines = new KnownTimelines();

    @Test
    void serverBehindThePromotedOneIsRefusedUntilAnotherPasses() throws SQLException {
        // Given
        timelines.require(new ServerIdentity(DATABASE, 2));
        // When
        Throwable thrown = catchThrowable(() -> timelines.require(new ServerIdentity(DATABASE, 1)));
        // Then
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refusal -> assertThat(FailureKind.of(refusal)).isEqualTo(FailureKind.RETRY))
                .hasMessageContainingAll("timeline=1", "highestTimelineSeen=2", "sink.writer-url");
        assertThat(timelines.isRefusing()).isTrue();
        timelines.require(new ServerIdentity(DATABASE, 2));
        assertThat(timelines.isRefusing()).isFalse();
    }

    @Test
    void whatWasSeenSurvivesAsText() throws SQLException {
        // Given
        timelines.require(new ServerIdentity(DATABASE, 12));
        timelines.require(new ServerIdentity(1, 1));
        KnownTimelines afterRestart = new KnownTimelines();
        // When
        afterRestart.learn(timelines.asText());
        // Then
        assertThat(afterRestart.asText()).isEqualTo("1/1 " + DATABASE + "/12");
        assertThat(catchThrowable(() -> afterRestart.require(new ServerIdentity(DATABASE, 11))))
                .hasMessageContaining("old primary");
    }

    @Test
    void lowerTimelineThatIsLearntLaterChangesNothing() {
        // Given
        timelines.learn(DATABASE + "/3");
        // When
        timelines.learn(DATABASE + "/2");
        // Then
        assertThat(timelines.asText()).isEqualTo(DATABASE + "/3");
    }

    @Test
    void anotherDatabaseIsNoOldPrimary() {
        // Given
        timelines.learn(DATABASE + "/3");
        // When
        assertThatNoException().isThrownBy(() -> timelines.require(new ServerIdentity(DATABASE + 1, 1)));
        // Then
        assertThat(timelines.isRefusing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "12", "12/", "/3", "a/b", "-", "9999999999999999999/1", "{\"owner\":1}"})
    void textOfAnotherProgramSaysNothing(String text) {
        // When
        timelines.learn(text);
        // Then
        assertThat(timelines.asText()).isEmpty();
    }
}
