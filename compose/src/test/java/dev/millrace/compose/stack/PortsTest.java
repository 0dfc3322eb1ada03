package dev.millrace.compose.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final int PRIMARY = 5433;

    @Test
    void withoutOffsetThePortsAreThoseOfTheContract() {
        assertThat(new Ports(0).byName().values()).containsExactly(9092, 9093, 5433, 5434, 8082, 8080);
    }

    @Test
    void offsetShiftsEveryPort() {
        assertThat(new Ports(1000).byName().values()).containsExactly(10092, 10093, 6433, 6434, 9082, 9080);
    }

    @Test
    void offsetThatLeavesTheRangeOfPortsIsWrongUsage() {
        assertThatThrownBy(() -> new Ports(56_001)).isInstanceOf(StackException.class);
        assertThatThrownBy(() -> new Ports(-1))
                .isInstanceOfSatisfying(
                        StackException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StackException.Kind.USAGE));
    }

    @Test
    void takenPortIsNamedWithWhoWantsItAndWhatToDo() throws IOException {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(Ports.HOST))) {
            Ports ports = new Ports(taken.getLocalPort() - PRIMARY);
            // When, then
            assertThatThrownBy(() -> FreePorts.require(ports))
                    .hasMessageContaining(taken.getLocalPort() + " (the primary)")
                    .hasMessageContaining("--port-offset")
                    .isInstanceOfSatisfying(
                            StackException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StackException.Kind.UNAVAILABLE));
        }
    }
}
