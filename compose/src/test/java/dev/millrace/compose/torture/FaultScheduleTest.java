package dev.millrace.compose.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private static final List<String> SINKS = List.of("sink", "sink-b");

    @Test
    void sameSeedMeansTheSameFaultsAndAnotherSeedOthers() {
        assertThat(faults(7, 100)).isEqualTo(faults(7, 100)).isNotEqualTo(faults(8, 100));
    }

    @Test
    void anHourHasEveryKindOfFaultAndStrikesEverySink() {
        // When
        List<PlannedFault> hour = faults(1, 720);
        // Then
        assertThat(hour.stream().map(PlannedFault::kind).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(FaultKind.values());
        assertThat(hour.stream().map(PlannedFault::target)).containsAll(SINKS).contains("primary", "replica", "kafka");
    }

    @Test
    void faultsAreTwoToEightSecondsApart() {
        assertThat(faults(3, 1_000))
                .allSatisfy(fault -> assertThat(fault.pause()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8)));
    }

    @Test
    void someSinkIsFrozenForLongerThanItsSuccessorWaits() {
        assertThat(faults(5, 200))
                .anyMatch(fault -> fault.kind() == FaultKind.FREEZE
                        && fault.target().startsWith("sink")
                        && fault.length().compareTo(Duration.ofSeconds(5)) > 0);
    }

    @Test
    void someSinkBecomesAZombieEvery30To40SecondsForLongerThanAnySessionTimeout() {
        // When
        List<PlannedFault> all = faults(11, 10_000);
        List<PlannedFault> zombies =
                all.stream().filter(fault -> fault.kind() == FaultKind.ZOMBIE).toList();
        // Then
        long seconds = all.stream().mapToLong(fault -> fault.pause().toMillis()).sum() / 1_000;
        assertThat(seconds / zombies.size()).isBetween(30L, 40L);
        assertThat(zombies)
                .allSatisfy(
                        fault -> assertThat(fault.length()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(12)));
        assertThat(zombies.stream().map(PlannedFault::target)).containsAll(SINKS);
    }

    private static List<PlannedFault> faults(long seed, int count) {
        FaultSchedule schedule = new FaultSchedule(new Seeds(seed).random("faults"), SINKS);
        return Stream.generate(schedule::next).limit(count).toList();
    }
}
