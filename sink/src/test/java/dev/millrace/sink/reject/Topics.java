package dev.millrace.sink.reject;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.TestTopic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** What a person does to a topic while the sink runs. */
final class Topics {
    private Topics() {}

    /** Makes a topic again that was closed. */
    static void make(TestTopic topic) {
        administer(
                topic,
                admin -> admin.createTopics(List.of(
                                new NewTopic(topic.name(), 1, (short) 1).configs(Topic.REJECTED_EVENTS.settings())))
                        .all()
                        .get());
    }

    static void alter(TestTopic topic, String setting, String value) {
        administer(
                topic,
                admin -> admin.incrementalAlterConfigs(Map.of(
                                new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                                List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                        .all()
                        .get());
    }

    private static void administer(TestTopic topic, Request request) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()))) {
            request.send(admin);
        } catch (Exception failure) {
            throw new AssertionError(topic.name(), failure);
        }
    }

    private interface Request {
        void send(Admin admin) throws Exception;
    }
}
