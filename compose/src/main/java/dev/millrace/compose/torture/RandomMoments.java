package dev.millrace.compose.torture;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something about twice a second, at random moments, on a thread of its own. Thread-safe. */
final class RandomMoments implements AutoCloseable {
    private static final int LONGEST_PAUSE_MILLIS = 1_000;

    /** What is done at each moment. */
    interface Step {
        void take() throws InterruptedException;
    }

    private final Random random;
    private final Step step;
    private final Runnable end;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param name of the thread
     * @param step done by that thread alone
     * @param end done once by that thread, after the last step
     */
    RandomMoments(String name, Random random, Step step, Runnable end) {
        this.random = random;
        this.step = step;
        this.end = end;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    /** No step begins any more. */
    @Override
    public void close() {
        stop.countDown();
    }

    private void run() {
        try {
            while (!stop.await(random.nextInt(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
                step.take();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        end.run();
    }
}
