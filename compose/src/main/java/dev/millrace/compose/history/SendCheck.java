package dev.millrace.compose.history;

import dev.millrace.compose.history.ExpectedRecord.Verdict;
import dev.millrace.compose.history.Send.Outcome.Acknowledged;
import dev.millrace.compose.history.Send.Outcome.Failed;
import dev.millrace.compose.history.Send.Outcome.Unknown;
import dev.millrace.schemas.Position;
import dev.millrace.schemas.event.RejectReason;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds the topic against what was sent. Every record belongs to exactly one send: an acknowledged send
 * names its record, every other record must be one of a send whose outcome is unknown.
 */
final class SendCheck {
    private final History history;
    private final ExpectedRecords expected;
    private final Gaps gaps;
    private final Violations violations;
    private final Map<Integer, BitSet> claimed = new TreeMap<>();

    SendCheck(History history, ExpectedRecords expected, Gaps gaps, Violations violations) {
        this.history = history;
        this.expected = expected;
        this.gaps = gaps;
        this.violations = violations;
    }

    void check() {
        for (Send send : history.sends()) {
            if (send.outcome() instanceof Acknowledged acknowledged) {
                claim(send, acknowledged.at());
            }
        }
        checkUnclaimed();
    }

    private void claim(Send send, Position at) {
        int index = expected.indexOf(at);
        if (index < 0) {
            if (!gaps.contain(at)) {
                violations.add(
                        Invariant.TOPIC, send + " was acknowledged at " + at + ", where the topic has no record");
            }
            return;
        }
        ExpectedRecord record = expected.of(at.partition()).get(index);
        BitSet taken = claimed(at.partition());
        if (taken.get(index)) {
            violations.add(Invariant.TOPIC, send + " was acknowledged at " + at + ", and so was another send");
        } else if (!record.record().content().equals(send.content())) {
            violations.add(Invariant.TOPIC, send + " was acknowledged at " + at + ", where other bytes are");
        } else {
            checkFate(send, record);
        }
        taken.set(index);
    }

    /** Which of several with one id is first is decided by the topic; what is no event is decided here. */
    private void checkFate(Send send, ExpectedRecord record) {
        boolean isEvent = record.verdict() != Verdict.REJECTED || record.reason() == RejectReason.CONFLICT;
        if (record.verdict() != Verdict.GAP && isEvent == (send.fate() == Fate.POISON)) {
            violations.add(Invariant.TOPIC, send + " became " + record);
        }
    }

    private void checkUnclaimed() {
        Map<Digest, SendsOfContent> sends = sendsOf(unclaimedContents());
        expected.partitions().forEach((partition, records) -> {
            BitSet taken = claimed(partition);
            for (int index = taken.nextClearBit(0); index < records.size(); index = taken.nextClearBit(index + 1)) {
                ExpectedRecord record = records.get(index);
                SendsOfContent candidates = sends.get(record.record().content());
                if (candidates == null) {
                    violations.add(Invariant.TOPIC, "nobody sent the record at " + record);
                } else if (!candidates.take()) {
                    violations.add(Invariant.TOPIC, "the record at " + record + candidates.whyNot());
                }
            }
        });
    }

    /** By their indexes, the records of a partition that have their send. */
    private BitSet claimed(int partition) {
        return claimed.computeIfAbsent(partition, none -> new BitSet());
    }

    private Set<Digest> unclaimedContents() {
        Set<Digest> contents = new HashSet<>();
        expected.partitions().forEach((partition, records) -> {
            BitSet taken = claimed(partition);
            for (int index = taken.nextClearBit(0); index < records.size(); index = taken.nextClearBit(index + 1)) {
                contents.add(records.get(index).record().content());
            }
        });
        return contents;
    }

    private Map<Digest, SendsOfContent> sendsOf(Set<Digest> contents) {
        Map<Digest, SendsOfContent> sends = new HashMap<>();
        for (Send send : history.sends()) {
            if (contents.contains(send.content())) {
                sends.computeIfAbsent(send.content(), content -> new SendsOfContent())
                        .add(send);
            }
        }
        return sends;
    }

    /** All sends of the same bytes, repeats among them. */
    private static final class SendsOfContent {
        private final List<Send> unknown = new ArrayList<>();
        private final List<Send> failed = new ArrayList<>();
        private final List<Send> acknowledged = new ArrayList<>();

        void add(Send send) {
            if (send.outcome() instanceof Unknown) {
                unknown.add(send);
            } else if (send.outcome() instanceof Failed) {
                failed.add(send);
            } else {
                acknowledged.add(send);
            }
        }

        /** Gives the record to a send that may have made it. */
        boolean take() {
            return !unknown.isEmpty() && unknown.remove(unknown.size() - 1) != null;
        }

        String whyNot() {
            if (!failed.isEmpty()) {
                return " is of a send that failed: " + failed;
            }
            return " is there once too often, of "
                    + (acknowledged.isEmpty() ? "a send of unknown outcome" : acknowledged);
        }
    }
}
