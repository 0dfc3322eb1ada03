package dev.millrace.sink.simulator;

import java.util.function.BooleanSupplier;

/** How a task of a simulated process lets others run. Ends the task when its process is killed. */
public interface Turn {
    /** A point where others may run, and the process may freeze or be killed. */
    void pass();

    /** Lets others run until this holds. */
    void await(BooleanSupplier ready);
}
