package dev.millrace.schemas.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault, seen from both ends of one connection that both are held by the test. */
@Timeout(30)
class TcpProxyTest {
    private static final byte[] QUESTION = "question".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);

    private ServerSocket listener;
    private TcpProxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        proxy = new TcpProxy("127.0.0.1", listener.getLocalPort());
        client = new Socket("127.0.0.1", proxy.port());
        server = listener.accept();
        client.setSoTimeout(10_000);
        server.setSoTimeout(10_000);
        await().until(() -> proxy.connections() == 1);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        proxy.close();
        listener.close();
    }

    @Test
    void withoutAFaultBytesAndEndsGoThrough() throws IOException {
        // When
        client.getOutputStream().write(QUESTION);
        client.shutdownOutput();
        byte[] asked = server.getInputStream().readAllBytes();
        server.getOutputStream().write(ANSWER);
        server.close();
        byte[] answered = client.getInputStream().readAllBytes();
        // Then
        assertThat(asked).isEqualTo(QUESTION);
        assertThat(answered).isEqualTo(ANSWER);
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void cutIsAResetOnBothSides() {
        // When
        proxy.cut();
        // Then
        assertThat(catchThrowable(() -> client.getInputStream().read())).isInstanceOf(SocketException.class);
        assertThat(catchThrowable(() -> server.getInputStream().read())).isInstanceOf(SocketException.class);
        assertThat(proxy.connections()).isZero();
    }

    @Test
    void resetOnOneSideIsAResetOnTheOther() throws IOException {
        // When
        server.setSoLinger(true, 0);
        server.close();
        // Then
        assertThat(catchThrowable(() -> client.getInputStream().read())).isInstanceOf(SocketException.class);
    }

    @Test
    void halfClosedLineStillBringsAnswers() throws IOException {
        // When
        proxy.halfClose();
        int asked = server.getInputStream().read();
        server.getOutputStream().write(ANSWER);
        // Then
        assertThat(asked).isEqualTo(-1);
        assertThat(client.getInputStream().readNBytes(ANSWER.length)).isEqualTo(ANSWER);
    }

    @Test
    void blackHoleTakesEverythingUntilItIsHealed() throws IOException {
        // Given
        proxy.toServer(() -> LinkFault.BLACK_HOLE);
        client.getOutputStream().write("lost".getBytes(StandardCharsets.UTF_8));
        server.setSoTimeout(100);
        // When
        Throwable nothing = catchThrowable(() -> server.getInputStream().read());
        proxy.heal();
        client.getOutputStream().write(QUESTION);
        // Then
        assertThat(nothing).isInstanceOf(SocketTimeoutException.class);
        server.setSoTimeout(10_000);
        assertThat(server.getInputStream().readNBytes(QUESTION.length)).isEqualTo(QUESTION);
    }

    @Test
    void answersCanBeLostAlone() throws IOException {
        // Given
        proxy.toClient(() -> LinkFault.BLACK_HOLE);
        client.setSoTimeout(100);
        // When
        client.getOutputStream().write(QUESTION);
        byte[] asked = server.getInputStream().readNBytes(QUESTION.length);
        server.getOutputStream().write(ANSWER);
        // Then
        assertThat(asked).isEqualTo(QUESTION);
        assertThat(catchThrowable(() -> client.getInputStream().read())).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void delayedBytesArriveLaterButArrive() throws IOException {
        // Given
        proxy.toServer(() -> LinkFault.delay(Duration.ofMillis(150)));
        long begin = System.nanoTime();
        // When
        client.getOutputStream().write(QUESTION);
        byte[] asked = server.getInputStream().readNBytes(QUESTION.length);
        // Then
        assertThat(asked).isEqualTo(QUESTION);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void throttledBytesTakeTheTimeTheirNumberNeeds() throws IOException {
        // Given
        proxy.toServer(() -> LinkFault.throttle(10_000));
        long begin = System.nanoTime();
        // When
        client.getOutputStream().write(new byte[2_000]);
        byte[] asked = server.getInputStream().readNBytes(2_000);
        // Then
        assertThat(asked).hasSize(2_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void lineIsCutAfterSoManyBytesAndTheNextConnectionIsWell() throws IOException {
        // Given
        LinkFault fault = LinkFault.cutAfter(5);
        proxy.toServer(() -> fault);
        // When
        client.getOutputStream().write(QUESTION);
        // Then
        assertThat(server.getInputStream().readNBytes(5)).isEqualTo("quest".getBytes(StandardCharsets.UTF_8));
        assertThat(catchThrowable(() -> server.getInputStream().read())).isInstanceOf(SocketException.class);
        assertThat(catchThrowable(() -> client.getInputStream().read())).isInstanceOf(SocketException.class);
        try (Socket second = new Socket("127.0.0.1", proxy.port());
                Socket secondServer = listener.accept()) {
            second.getOutputStream().write(QUESTION);
            assertThat(secondServer.getInputStream().readNBytes(QUESTION.length))
                    .isEqualTo(QUESTION);
        }
    }

    @Test
    void closedProxyRefusesConnections() {
        // When
        proxy.close();
        // Then
        assertThat(catchThrowable(() -> new Socket("127.0.0.1", proxy.port()).close()))
                .isInstanceOf(IOException.class);
    }
}
