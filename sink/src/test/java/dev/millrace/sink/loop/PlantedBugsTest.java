package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.simulator.PlantedBug;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulator that finds nothing proves nothing: each of these mistakes it has to find, and soon. */
class PlantedBugsTest {
    private static final int SEEDS = 500;

    private final Simulator simulator = new Simulator();

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isFound(PlantedBug bug) {
        // When
        int seed = 1;
        String violation = simulator.run(seed, bug);
        while (violation == null && seed < SEEDS) {
            seed++;
            violation = simulator.run(seed, bug);
        }
        // Then
        assertThat(violation).as("%s after %d seeds", bug, seed).isNotNull();
        simulator.say("planted bug found: bug=" + bug + " seeds=" + seed + " violation=" + violation);
    }
}
