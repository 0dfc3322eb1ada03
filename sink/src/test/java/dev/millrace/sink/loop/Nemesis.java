package dev.millrace.sink.loop;

import dev.millrace.sink.simulator.Fault;
import dev.millrace.sink.simulator.Schedule;
import dev.millrace.sink.write.SimulatedDatabase;
import java.util.List;

/** Does the faults that come from outside the sink. */
final class Nemesis {
    private static final List<Fault> MINE = List.of(
            Fault.PROCESS_KILLED,
            Fault.PROCESS_STOPPED,
            Fault.PROCESS_FROZEN,
            Fault.PROCESS_WOKEN,
            Fault.WRITER_STALLED,
            Fault.MEMBER_EXPIRED,
            Fault.GROUP_REBALANCED,
            Fault.SERVER_RESTARTED,
            Fault.TAIL_LOST,
            Fault.STANDBY_ANSWERS,
            Fault.DISK_FULL,
            Fault.BACKEND_ENDED,
            Fault.TABLE_PARTITION_GONE);

    private final Schedule schedule;
    private final SimulatedGroup group;
    private final SimulatedDatabase database;

    Nemesis(Schedule schedule, SimulatedGroup group, SimulatedDatabase database) {
        this.schedule = schedule;
        this.group = group;
        this.database = database;
    }

    /** Perhaps does something bad. */
    void step(List<SimulatedProcess> processes) {
        Fault fault = schedule.pick(MINE);
        if (schedule.strikes(fault)) {
            SimulatedProcess victim = schedule.pick(processes);
            schedule.note(() -> "victim, if it takes one: " + victim);
            strike(fault, victim);
            strikeDatabase(fault);
        }
    }

    private void strike(Fault fault, SimulatedProcess victim) {
        switch (fault) {
            case PROCESS_KILLED -> victim.kill();
            case PROCESS_STOPPED -> victim.stop();
            case PROCESS_FROZEN -> victim.freeze();
            case PROCESS_WOKEN -> victim.wake();
            case WRITER_STALLED -> victim.stallWriter();
            case MEMBER_EXPIRED -> group.remove(victim.consumer());
            case GROUP_REBALANCED -> group.rebalance();
            default -> {}
        }
    }

    private void strikeDatabase(Fault fault) {
        switch (fault) {
            case SERVER_RESTARTED -> database.restart();
            case TAIL_LOST -> database.loseTail();
            case STANDBY_ANSWERS -> database.becomeStandby();
            case DISK_FULL -> database.fillDisk();
            case BACKEND_ENDED -> database.endAnyBackend();
            case TABLE_PARTITION_GONE -> database.removeRoom();
            default -> {}
        }
    }
}
