package dev.millrace.schemas.testing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Where tests take their servers from. */
enum TestServices {
    /** Real binaries from jars, as children of this JVM. */
    EMBEDDED(environment -> new EmbeddedTestStack()),
    /** The official images, through Testcontainers. */
    CONTAINERS(environment -> new ContainerTestStack()),
    /** Servers that run already, found by environment variables. */
    EXTERNAL(ExternalTestStack::new);

    static final String VARIABLE = "MILLRACE_TEST_SERVICES";

    private final Function<Map<String, String>, TestStack> maker;

    TestServices(Function<Map<String, String>, TestStack> maker) {
        this.maker = maker;
    }

    /**
     * The choice, EMBEDDED where nothing is said.
     *
     * @throws IllegalStateException if the value is none of the three; the message names them
     */
    static TestServices chosenBy(Map<String, String> environment) {
        String value = environment.getOrDefault(VARIABLE, EMBEDDED.label());
        return Arrays.stream(values())
                .filter(services -> services.label().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        VARIABLE + " is '" + value + "', but has to be embedded, containers or external"));
    }

    /** Starts nothing yet. */
    TestStack stack(Map<String, String> environment) {
        return maker.apply(environment);
    }

    /** As the variable spells it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
