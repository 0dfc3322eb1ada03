package dev.millrace.sink.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads of which exactly one runs at any time, for tasks that stop in their middle. Whoever stops asks
 * the driver who is next, so that no thread changes while one task is alone. Kept over many runs.
 */
public final class Stacks implements AutoCloseable {
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final List<Carrier> carriers = new ArrayList<>();
    private final Deque<Carrier> idle = new ArrayDeque<>();
    private @Nullable Driver driver;
    private @Nullable Thread home;
    private volatile boolean over;

    /** Decides who runs next. */
    @FunctionalInterface
    public interface Driver {
        /** The task to begin or to go on with; null if the run is over and no begun task is left. Never throws. */
        @Nullable
        Task next();
    }

    /**
     * Runs what the driver says, until it says that it is over.
     *
     * @throws IllegalStateException if that does not happen; these stacks are of no more use then
     */
    public void run(Driver decides) {
        driver = decides;
        home = Thread.currentThread();
        over = false;
        take().wake(null);
        long begin = System.nanoTime();
        while (!over) {
            LockSupport.parkNanos(this, STUCK_NANOS);
            if (System.nanoTime() - begin > STUCK_NANOS && !over) {
                throw new IllegalStateException("the simulation itself is stuck: " + where());
            }
        }
    }

    private String where() {
        StringBuilder where = new StringBuilder();
        for (Carrier carrier : carriers) {
            where.append('\n').append(carrier.getName());
            for (StackTraceElement element : carrier.getStackTrace()) {
                where.append("\n  at ").append(element);
            }
        }
        return where.toString();
    }

    @Override
    public void close() {
        carriers.forEach(Thread::interrupt);
    }

    private Carrier take() {
        Carrier free = idle.poll();
        if (free == null) {
            free = new Carrier("stack-" + carriers.size());
            carriers.add(free);
            free.start();
        }
        return free;
    }

    private @Nullable Task next() {
        if (driver == null) {
            throw new IllegalStateException("not running");
        }
        return driver.next();
    }

    /** Work that may stop in its middle. */
    public final class Task {
        private final Runnable work;
        private @Nullable Carrier carrier;
        private boolean done;

        public Task(Runnable work) {
            this.work = work;
        }

        public boolean isBegun() {
            return carrier != null;
        }

        public boolean isDone() {
            return done;
        }

        /** Called in this task: returns when the driver chooses it again. */
        public void suspend() {
            Task chosen = next();
            if (chosen == this) {
                return;
            }
            if (chosen == null || carrier == null) {
                throw new IllegalStateException("over, with a task suspended");
            }
            if (chosen.carrier == null) {
                take().wake(chosen);
            } else {
                chosen.carrier.wake(null);
            }
            carrier.await();
        }
    }

    private final class Carrier extends Thread {
        private @Nullable Task begin;
        private volatile boolean running;

        Carrier(String name) {
            super(name);
            setDaemon(true);
        }

        void wake(@Nullable Task task) {
            begin = task;
            running = true;
            LockSupport.unpark(this);
        }

        void await() {
            while (!running && !isInterrupted()) {
                LockSupport.park(Stacks.this);
            }
            running = false;
        }

        @Override
        public void run() {
            await();
            while (!isInterrupted()) {
                Task task = begin;
                begin = null;
                if (task == null) {
                    task = next();
                }
                if (task == null) {
                    idle.push(this);
                    over = true;
                    LockSupport.unpark(home);
                    await();
                } else if (task.carrier == null) {
                    task.carrier = this;
                    task.work.run();
                    task.done = true;
                } else {
                    idle.push(this);
                    task.carrier.wake(null);
                    await();
                }
            }
        }
    }
}
