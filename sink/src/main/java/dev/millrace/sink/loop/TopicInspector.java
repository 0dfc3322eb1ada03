package dev.millrace.sink.loop;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a topic before anything is read from it, and refuses one that the order cannot rest on. */
public final class TopicInspector {
    private static final Logger LOG = LoggerFactory.getLogger(TopicInspector.class);

    private TopicInspector() {}

    /**
     * @param client Kafka client properties
     * @return Kafka's id of the topic
     * @throws IllegalStateException if there is no such topic, its time is not the broker's, it is
     *     compacted, or Kafka does not answer
     */
    public static String topicId(Properties client, String topic) {
        try (Admin admin = Admin.create(client)) {
            // One topic was asked for, so one comes.
            TopicDescription description = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            check(
                    topic,
                    admin.describeConfigs(List.of(resource))
                            .all()
                            .get()
                            .values()
                            .iterator()
                            .next());
            return description.topicId().toString();
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new IllegalStateException("topic not inspected: topic=" + topic + " " + cause.getMessage(), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("topic not inspected: interrupted", interrupted);
        }
    }

    private static void check(String topic, Config config) {
        String clock = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
        if (!clock.equals("LogAppendTime")) {
            throw new IllegalStateException("refusing " + topic + ": message.timestamp.type is " + clock
                    + ", and the order of events needs LogAppendTime");
        }
        String cleanup = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (cleanup.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new IllegalStateException(
                    "refusing " + topic + ": cleanup.policy is " + cleanup + ", and compaction loses events");
        }
        for (String limit : List.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)) {
            String value = config.get(limit).value();
            if (!value.equals("-1")) {
                LOG.warn("the topic expires, a replay will lack what is older: topic={} {}={}", topic, limit, value);
            }
        }
    }
}
