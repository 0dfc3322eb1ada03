package dev.millrace.sink.group;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * What the coordinator says of a group.
 *
 * @param members how many are in it
 * @param groupEpoch counts the changes of the group; 0 where the classic protocol has none
 * @param assignmentEpoch the change that partitions were last given out for; 0 likewise
 */
record GroupState(int members, int groupEpoch, int assignmentEpoch) {
    private static final GroupState ABSENT = new GroupState(0, 0, 0);

    /**
     * Asks the coordinator.
     *
     * @throws ExecutionException if it does not say
     */
    static GroupState ask(Admin admin, String group) throws ExecutionException, InterruptedException {
        try {
            return of(admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .values()
                    .iterator()
                    .next());
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof GroupIdNotFoundException) {
                return ABSENT;
            }
            throw failure;
        }
    }

    private static GroupState of(ConsumerGroupDescription description) {
        return new GroupState(
                description.members().size(),
                description.groupEpoch().orElse(0),
                description.targetAssignmentEpoch().orElse(0));
    }

    /**
     * Whether partitions were given out for a change that is yet to come. Then the coordinator gives
     * none out, whoever joins, until it has counted up to that change. Seen with Kafka 4.2.2 after
     * brokers were killed: the epoch of the group went back when its log was loaded.
     */
    boolean isBroken() {
        return assignmentEpoch > groupEpoch;
    }

    boolean isEmpty() {
        return members == 0;
    }

    @Override
    public String toString() {
        return "members=" + members + " groupEpoch=" + groupEpoch + " assignmentEpoch=" + assignmentEpoch;
    }
}
