package dev.millrace.compose.cli;

import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.dlq.Resender;
import dev.millrace.compose.dlq.Retry;
import dev.millrace.compose.dlq.RetryReceipt;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Sends records, or says what it would send, and counts what became of them. */
final class RetryRun implements AutoCloseable {
    private final CommandSpec spec;
    private final Consumer<String> messages;
    private final boolean force;
    private final @Nullable Resender resender;
    private long sent;
    private long exhausted;
    private long failed;

    /** @param messages gets what is for a person, while it goes on */
    RetryRun(
            CommandSpec spec,
            Map<String, String> kafkaProperties,
            boolean dryRun,
            boolean force,
            Consumer<String> messages) {
        this.spec = spec;
        this.messages = messages;
        this.force = force;
        this.resender =
                dryRun ? null : new Resender(kafkaProperties, DlqSession.KAFKA_LIMIT, this::receive, this::fail);
    }

    /** Sends one, or tells why not; true, since there is no reason to stop. */
    boolean take(Retry retry) {
        if (retry.isExhausted() && !force) {
            exhausted++;
            messages.accept("%s: not sent, it was rejected %d times; --force sends it"
                    .formatted(retry.letter().origin(), retry.letter().attempts()));
        } else if (resender == null) {
            sent++;
            Map<String, Object> members = members(retry);
            members.put("dry_run", true);
            print(members);
        } else {
            resender.send(retry);
        }
        return true;
    }

    /** Waits for the last answer, prints the counts, and says what the exit code is. */
    int end(boolean json) {
        if (resender != null) {
            resender.finish();
        }
        messages.accept(summary(json));
        if (sent == 0) {
            return ExitCode.FAILED;
        }
        return exhausted + failed == 0 ? ExitCode.OK : ExitCode.PARTLY;
    }

    @Override
    public void close() {
        if (resender != null) {
            resender.close();
        }
    }

    private String summary(boolean json) {
        String sending = resender == null ? "to_send" : "sent";
        if (json) {
            Map<String, Object> counts = new LinkedHashMap<>();
            counts.put(sending, sent);
            counts.put("held_back", exhausted);
            counts.put("failed", failed);
            return JsonLine.of(counts);
        }
        return "retry: %s=%d held_back=%d failed=%d".formatted(sending, sent, exhausted, failed);
    }

    private void receive(RetryReceipt receipt) {
        sent++;
        Map<String, Object> members = members(receipt.retry());
        members.put("partition", receipt.position().partition());
        members.put("offset", receipt.position().offset());
        print(members);
    }

    private void fail(Retry retry, String reason) {
        failed++;
        messages.accept(retry.letter().origin() + ": not sent: " + reason);
    }

    private static Map<String, Object> members(Retry retry) {
        Map<String, Object> members = new LinkedHashMap<>();
        UUID eventId = retry.eventId();
        if (eventId != null) {
            members.put("event_id", eventId);
        }
        members.put("topic", retry.letter().origin().topic());
        members.put("partition", retry.letter().origin().partition());
        members.put("origin", retry.letter().origin());
        members.put("attempts", retry.letter().attempts());
        return members;
    }

    private void print(Map<String, Object> members) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(JsonLine.of(members));
        out.flush();
    }
}
