package dev.millrace.compose.torture;

import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.stack.StackDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** One torture from the start of its stack to the verdict. Run it once; close it from any thread. */
public final class Torture implements AutoCloseable {
    /** Beyond the limit of the verdict: what is slow may still be right, and it is good to know which. */
    private static final Duration CATCH_UP_PATIENCE = Duration.ofMinutes(4);

    private final TortureSettings settings;
    private final Seeds seeds;
    private final Progress progress;
    private final Path journals;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final TorturedStack stack;

    /** Claims the directory; starts nothing yet. */
    public Torture(TortureSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        seeds = new Seeds(settings.seed());
        StackDirectory directory = new StackDirectory(settings.directory());
        journals = directory.root().resolve("journals");
        stack = new TorturedStack(directory, seeds.random("stack"), progress);
        open.push(stack);
    }

    /**
     * Runs it.
     *
     * @throws CancellationException if it was closed before there was a verdict
     */
    public TortureReport run() throws Exception {
        try {
            return torture();
        } catch (Exception failure) {
            if (stop.getCount() == 0) {
                throw new CancellationException("stopped");
            }
            throw failure;
        }
    }

    /** Stops everything; returns when no process is left. May be called again. */
    @Override
    public void close() {
        stop.countDown();
        synchronized (open) {
            while (!open.isEmpty()) {
                closeQuietly(open.pop());
            }
        }
    }

    private TortureReport torture() throws Exception {
        Addresses addresses = Addresses.of(stack.start());
        Files.createDirectory(journals);
        Workload workload =
                opened(new Workload(seeds, addresses.kafka(), journals.resolve("producers"), settings.perSecond()));
        Observers observers = opened(new Observers(addresses, seeds, workload.counts(), stack.lines(), progress));
        FaultThrower faults = opened(faults(addresses, observers));
        progress.say("torture begins, seed " + settings.seed());
        faults.run(settings.length(), stop, workload.counts()::requireWell);
        workload.finish();
        workload.counts().requireWell();
        progress.say("every send has its answer");
        Verdict verdict = catchUp(addresses, observers);
        observers.close();
        return verdict.reach(observers, faults.thrown());
    }

    private FaultThrower faults(Addresses addresses, Observers observers) {
        Striker striker =
                new Striker(stack.processes(), stack.lines(), new SinkBackends(addresses.primary()), stack.sinkNames());
        FaultSchedule schedule = new FaultSchedule(seeds.random("faults"), stack.sinkNames());
        return new FaultThrower(schedule, striker, observers.primaryCommits(), progress);
    }

    private Verdict catchUp(Addresses addresses, Observers observers) throws InterruptedException {
        long begin = System.nanoTime();
        CatchUp topic = CatchUp.ofTopic(addresses.kafka());
        boolean stored = topic.await(observers.primaryCommits(), CATCH_UP_PATIENCE, stop);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        observers.primaryCommits().settle();
        boolean replicated = topic.await(observers.replicaCommits(), CATCH_UP_PATIENCE, stop);
        if (stop.getCount() == 0) {
            throw new CancellationException("stopped");
        }
        progress.say(
                "%s after %.1f s, judging".formatted(stored ? "caught up" : "not caught up", took.toMillis() / 1e3));
        return new Verdict(settings, addresses, journals, took, replicated);
    }

    private <T extends AutoCloseable> T opened(T part) {
        synchronized (open) {
            if (stop.getCount() == 0) {
                closeQuietly(part);
                throw new CancellationException("stopped");
            }
            open.push(part);
            return part;
        }
    }

    private void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            progress.say("not closed: " + failure);
        }
    }
}
