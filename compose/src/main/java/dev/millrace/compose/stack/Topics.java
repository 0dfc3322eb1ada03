package dev.millrace.compose.stack;

import dev.millrace.compose.stack.StackException.Kind;
import dev.millrace.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes the topics that are missing. Those that exist stay as they are. */
final class Topics {
    private static final short REPLICATION_FACTOR = 1;

    private Topics() {}

    /**
     * @return how many were made
     * @throws StackException FAILED if the broker refuses or does not answer within 30 s
     */
    static int complete(String bootstrapServers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "default.api.timeout.ms", 30_000);
        try (Admin admin = Admin.create(settings)) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = Stream.of(Topic.values())
                    .filter(topic -> !existing.contains(topic.topicName()))
                    .map(topic -> new NewTopic(topic.topicName(), topic.partitions(), REPLICATION_FACTOR)
                            .configs(topic.settings()))
                    .toList();
            admin.createTopics(missing).all().get();
            return missing.size();
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new StackException(Kind.FAILED, "topics were not made: " + cause.getMessage(), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
