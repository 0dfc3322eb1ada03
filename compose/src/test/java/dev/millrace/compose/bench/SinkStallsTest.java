package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkStallsTest {
    @Test
    void countersAreFoundByTheirCause() throws IOException {
        // Given
        String metrics = """
                # TYPE sink_stalls_total counter
                sink_stalls_total{cause="cpu"} 0.0
                sink_stalls_total{cause="pending_list"} 3.0
                sink_stalls_total{cause="wal"} 1.2E7
                sink_rows_total{outcome="stored"} 5.0
                """;
        // Then
        assertThat(SinkStalls.parse(metrics)).isEqualTo(Map.of("cpu", 0.0, "pending_list", 3.0, "wal", 1.2e7));
    }

    @Test
    void answerWithoutThemIsAFailure() {
        assertThatThrownBy(() -> SinkStalls.parse("sink_rows_total 5.0\n")).isInstanceOf(IOException.class);
    }

    @Test
    void answerThatIsNoSuccessIsAFailureWhateverItHolds() throws IOException {
        // Given
        byte[] body = "sink_stalls_total{cause=\"cpu\"} 0.0\n".getBytes(StandardCharsets.UTF_8);
        HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/metrics", exchange -> {
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        sink.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + sink.getAddress().getPort());
            // Then
            assertThatThrownBy(() -> new SinkStalls(address).counts())
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("with status 503");
        } finally {
            sink.stop(0);
        }
    }

    @Test
    void stallsBetweenTwoAnswersAreTheirDifference() {
        assertThat(SinkStalls.between(Map.of("cpu", 2.0), Map.of("cpu", 5.0, "wal", 1.0)))
                .isEqualTo(Map.of("cpu", 3.0, "wal", 1.0));
    }

    @Test
    void counterThatFellIsASinkThatWasStartedAgain() {
        assertThatThrownBy(() -> SinkStalls.between(Map.of("cpu", 2.0), Map.of("cpu", 1.0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the sink was started again meanwhile: its stalls by cpu fell from 2 to 1");
    }
}
