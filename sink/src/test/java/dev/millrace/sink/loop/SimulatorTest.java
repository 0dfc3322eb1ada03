package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.millrace.sink.simulator.Fault;
import dev.millrace.sink.simulator.PlantedBug;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loop, batch and writer under every fault that a seed can think of. docs/tests.md says how to use it. */
class SimulatorTest {
    private static final String ONE_SEED = "simulator.seed";

    private final Simulator simulator = new Simulator();

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void everyScheduleEndsWithWhatTheLogSays() {
        Long seed = Long.getLong(ONE_SEED);
        if (seed != null) {
            runOne(seed);
            return;
        }
        long base = Long.getLong("simulator.base", 1);
        long count = Long.getLong("simulator.count", 10_000);
        long begin = System.nanoTime();
        for (long each = base; each < base + count; each++) {
            String violation = simulator.run(each, PlantedBug.NONE);
            if (violation != null) {
                fail(simulator.report(each, violation));
            }
        }
        simulator.say(simulator.statistics((System.nanoTime() - begin) / 1e9));
        if (count >= 1_000) {
            assertThat(simulator.faults()).as("every fault happened").containsOnlyKeys(Fault.values());
        }
    }

    @Test
    void sameSeedMakesTheSameSteps() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(simulator.trace(seed, PlantedBug.NONE))
                    .isNotEmpty()
                    .isEqualTo(simulator.trace(seed, PlantedBug.NONE));
        }
    }

    private void runOne(long seed) {
        String violation = simulator.run(seed, PlantedBug.NONE);
        simulator.say(
                "every step of seed " + seed + ":\n  " + String.join("\n  ", simulator.trace(seed, PlantedBug.NONE)));
        assertThat(violation).as("seed %d", seed).isNull();
    }
}
