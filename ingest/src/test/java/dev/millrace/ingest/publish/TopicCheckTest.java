package dev.millrace.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TopicCheckTest {
    @Test
    @Timeout(20)
    void closedPortIsReportedWithinTheLimit() {
        // Given
        PublisherConfig config = PublisherConfig.defaults().withBootstrapServers("127.0.0.1:1");
        // When
        PublishException thrown = catchThrowableOfType(
                PublishException.class, () -> TopicCheck.requireTopic(config, Duration.ofMillis(500)));
        // Then
        assertThat(thrown.kind()).isEqualTo(PublishException.Kind.NOT_SENT);
        assertThat(thrown).hasMessageContaining("127.0.0.1:1").hasMessageContaining("events.v1");
    }
}
