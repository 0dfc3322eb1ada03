package dev.millrace.sink.write;

import dev.millrace.sink.simulator.PlantedBug;
import dev.millrace.sink.simulator.Turn;
import java.util.Map;

/** Makes real writers on the modelled database. */
public final class SimulatedWriters {
    private SimulatedWriters() {}

    /**
     * @param turn of the process that the writer is in
     * @param groupOffsets what the group committed to Kafka, by partition
     */
    public static BatchWriter writer(
            SimulatedDatabase database, Turn turn, PlantedBug bug, Map<Integer, Long> groupOffsets) {
        Primary primary = new SimulatedPrimary(database, turn);
        return new BatchWriter(bug == PlantedBug.NONE ? primary : new PlantedPrimary(primary, bug, groupOffsets));
    }
}
