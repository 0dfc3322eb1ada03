package dev.millrace.schemas.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestServicesTest {
    @Test
    void embeddedWhereNothingIsSaid() {
        // When
        TestServices chosen = TestServices.chosenBy(Map.of());
        // Then
        assertThat(chosen).isEqualTo(TestServices.EMBEDDED);
    }

    @Test
    void variableChooses() {
        for (TestServices services : TestServices.values()) {
            // When
            TestServices chosen = TestServices.chosenBy(Map.of(TestServices.VARIABLE, services.label()));
            // Then
            assertThat(chosen).isEqualTo(services);
        }
    }

    @Test
    void anythingElseIsRefusedWithTheThreeNames() {
        // When
        Throwable thrown = catchThrowable(() -> TestServices.chosenBy(Map.of(TestServices.VARIABLE, "docker")));
        // Then
        assertThat(thrown)
                .hasMessage("MILLRACE_TEST_SERVICES is 'docker', but has to be embedded, containers or external");
    }

    @Test
    void serversThatRunAlreadyAreFoundByTheirVariables() {
        // Given
        TestStack stack = TestServices.EXTERNAL.stack(
                Map.of(ExternalTestStack.POSTGRES, "db.local:5432", ExternalTestStack.KAFKA, "b:9092"));
        // When
        PostgresServer postgres = stack.postgres();
        // Then
        assertThat(postgres).isEqualTo(new PostgresServer("db.local", 5432));
        assertThat(stack.bootstrapServers()).isEqualTo("b:9092");
    }

    @Test
    void missingAddressIsNamed() {
        // When
        Throwable thrown =
                catchThrowable(() -> TestServices.EXTERNAL.stack(Map.of()).postgres());
        // Then
        assertThat(thrown).hasMessageContaining("MILLRACE_TEST_POSTGRES=host:port");
    }
}
