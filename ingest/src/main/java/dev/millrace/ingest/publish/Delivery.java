package dev.millrace.ingest.publish;

import dev.millrace.ingest.publish.PublishException.Kind;
import dev.millrace.schemas.Position;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * One event between the call of {@code publish} and Kafka's answer to its record. Settled once, by
 * whichever thread brings the answer.
 */
final class Delivery implements Callback {
    private final UUID eventId;
    private final Settlement afterwards;
    private final Thread sender = Thread.currentThread();
    private final CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    private final AtomicBoolean settled = new AtomicBoolean();
    private boolean handedOver;

    /**
     * @param afterwards runs once, before the receipt is there, whatever the outcome
     */
    Delivery(UUID eventId, Settlement afterwards) {
        this.eventId = eventId;
        this.afterwards = afterwards;
    }

    CompletableFuture<Receipt> receipt() {
        return receipt;
    }

    /** Called by the sending thread when the producer has taken the record. */
    void handedOver() {
        handedOver = true;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null) {
            fail(failure);
        } else if (metadata.hasOffset()) {
            settle(true);
            receipt.complete(new Receipt(eventId, new Position(metadata.partition(), metadata.offset())));
        } else {
            // A broker that recognises a repeated batch may no longer know where the first one lies.
            settle(true);
            receipt.completeExceptionally(
                    new PublishException(Kind.UNKNOWN, "event " + eventId + " was stored, Kafka does not say where"));
        }
    }

    /** Settles the event as failed, unless it is settled already. */
    void fail(Exception failure) {
        if (settle(false)) {
            receipt.completeExceptionally(failed(failure));
        }
    }

    private boolean settle(boolean acknowledged) {
        boolean first = settled.compareAndSet(false, true);
        if (first) {
            afterwards.settled(acknowledged);
        }
        return first;
    }

    private PublishException failed(Exception failure) {
        if (isRefusal(failure)) {
            return new PublishException(Kind.REFUSED, "event " + eventId + " was refused", failure);
        }
        if (!handedOver && Thread.currentThread() == sender) {
            return new PublishException(Kind.NOT_SENT, "event " + eventId + " was not sent", failure);
        }
        return new PublishException(
                Kind.UNKNOWN, "event " + eventId + " was not acknowledged, it may be stored or not", failure);
    }

    /** Only what a broker says before it stores anything; all other errors leave the outcome open. */
    private static boolean isRefusal(Exception failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTopicException
                || failure instanceof AuthorizationException;
    }

    /** What follows from an answer. */
    interface Settlement {
        /**
         * @param acknowledged whether Kafka has the event for certain
         */
        void settled(boolean acknowledged);
    }
}
