package dev.millrace.schemas.testing;

import dev.millrace.schemas.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A fresh topic on the {@link TestStack}, gone when closed.
 *
 * @param name no other topic has it
 */
public record TestTopic(String name, String bootstrapServers) implements AutoCloseable {
    private static final String SUFFIX = "-test-" + ProcessHandle.current().pid() + "-";
    private static final AtomicInteger CREATED = new AtomicInteger();

    /** A new topic with the partitions and settings of one of Millrace's. */
    public static TestTopic create(Topic like) {
        return create(like, Map.of());
    }

    /** The same, but for some settings. */
    public static TestTopic create(Topic like, Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(like.settings());
        settings.putAll(changes);
        String name = like.topicName() + SUFFIX + CREATED.incrementAndGet();
        TestTopic topic = new TestTopic(name, TestStack.shared().bootstrapServers());
        topic.administer(admin -> admin.createTopics(
                        List.of(new NewTopic(name, like.partitions(), (short) 1).configs(settings)))
                .all()
                .get());
        return topic;
    }

    @Override
    public void close() {
        administer(admin -> admin.deleteTopics(List.of(name)).all().get());
    }

    private void administer(Request request) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            request.send(admin);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(name, failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name, interrupted);
        }
    }

    private interface Request {
        void send(Admin admin) throws ExecutionException, InterruptedException;
    }
}
