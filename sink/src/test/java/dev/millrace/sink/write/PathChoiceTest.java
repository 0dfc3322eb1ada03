package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathChoiceTest {
    private final PathChoice paths = new PathChoice();

    @Test
    void pathThatRepeatsNeededIsKeptForTheNextBatches() {
        // Given
        assertThat(paths.canDoBetterAfter(FailureKind.REPEATED_ID)).isTrue();
        // When
        paths.written(3);
        for (int batch = 0; batch < 9; batch++) {
            paths.written(0);
        }
        // Then
        assertThat(paths.path()).isEqualTo(WritePath.INSERT);
        paths.written(0);
        assertThat(paths.path()).isEqualTo(WritePath.COPY);
    }

    @Test
    void refusalsLeadPastEveryOtherPath() {
        // When
        paths.canDoBetterAfter(FailureKind.REPEATED_ID);
        paths.canDoBetterAfter(FailureKind.REFUSED_VALUE);
        // Then
        assertThat(paths.path()).isEqualTo(WritePath.ISOLATE);
        assertThat(paths.canDoBetterAfter(FailureKind.REPEATED_ID)).isFalse();
        assertThat(paths.canDoBetterAfter(FailureKind.REFUSED_VALUE)).isFalse();
    }

    @Test
    void noPathHelpsAgainstAServerInTrouble() {
        assertThat(paths.canDoBetterAfter(FailureKind.RETRY)).isFalse();
        assertThat(paths.canDoBetterAfter(FailureKind.STOP)).isFalse();
        assertThat(paths.path()).isEqualTo(WritePath.COPY);
    }
}
