package dev.millrace.sink.simulator;

import java.util.ArrayList;
import java.util.List;

/** The topic's partitions, which grow while the run goes on. */
public final class Topic {
    public static final String NAME = "events.v1";

    private static final int MAX_PARTITIONS = 4;

    private final Schedule schedule;
    private final List<Log> logs = new ArrayList<>();

    public Topic(Schedule schedule) {
        this.schedule = schedule;
        int repeatsPerMille = schedule.pick(List.of(0, 100, 400));
        int oddPerMille = schedule.pick(List.of(0, 60, 250));
        int partitions = 1 + schedule.below(MAX_PARTITIONS);
        for (int partition = 0; partition < partitions; partition++) {
            logs.add(new Log(schedule, repeatsPerMille, oddPerMille));
            logs.get(partition).append(schedule.below(15));
        }
    }

    public int partitions() {
        return logs.size();
    }

    public Log log(int partition) {
        return logs.get(partition);
    }

    /** A producer sends a few records. */
    public void grow() {
        schedule.pick(logs).append(1 + schedule.below(6));
    }
}
