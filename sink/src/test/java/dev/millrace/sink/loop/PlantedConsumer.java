package dev.millrace.sink.loop;

import dev.millrace.sink.simulator.PlantedBug;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A consumer that is used wrongly, in one way. */
final class PlantedConsumer extends SimulatedConsumer {
    private final PlantedBug bug;

    PlantedConsumer(String name, SimulatedGroup group, PlantedBug bug) {
        super(name, group);
        this.bug = bug;
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        if (bug != PlantedBug.SEEK_FORGOTTEN) {
            super.seek(partition, offset);
        }
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, bug == PlantedBug.REVOCATION_UNHEARD ? new HardOfHearing(listener) : listener);
    }

    private record HardOfHearing(ConsumerRebalanceListener listener) implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            listener.onPartitionsAssigned(added);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            // That is the mistake.
        }
    }
}
