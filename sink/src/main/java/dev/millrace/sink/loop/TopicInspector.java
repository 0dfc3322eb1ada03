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

/** What a topic has to be; looks at it before anything is read from it. */
public final class TopicInspector {
    private static final Logger LOG = LoggerFactory.getLogger(TopicInspector.class);

    /** What a person does when the topic that the database was filled from is gone. */
    static final String REMEDY = "to fill a database from the topic that is there now, start with an empty one; to keep"
            + " this one, let the producers write to a topic of another name";

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
            Config config = admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .values()
                    .iterator()
                    .next();
            checkConfig(topic, config);
            warnOfRetention(topic, config);
            return description.topicId().toString();
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new IllegalStateException("topic not inspected: topic=" + topic + " " + cause.getMessage(), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("topic not inspected: interrupted", interrupted);
        }
    }

    /** @throws TopicRefusedException if the topic of that name is another one now */
    static void checkId(String topic, String expected, String topicId) {
        if (!topicId.equals(expected)) {
            throw new TopicRefusedException("the topic was deleted and made again while the sink ran: topic=" + topic
                    + " topicId=" + topicId + " storedTopicId=" + expected
                    + "; nothing of the new topic was written; " + REMEDY);
        }
    }

    /** @throws TopicRefusedException if the order of events cannot rest on these settings */
    static void checkConfig(String topic, Config config) {
        String clock = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
        if (!clock.equals("LogAppendTime")) {
            throw new TopicRefusedException("refusing " + topic + ": message.timestamp.type is " + clock
                    + ", and the order of events needs LogAppendTime");
        }
        String cleanup = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (cleanup.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new TopicRefusedException(
                    "refusing " + topic + ": cleanup.policy is " + cleanup + ", and compaction loses events");
        }
    }

    private static void warnOfRetention(String topic, Config config) {
        for (String limit : List.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)) {
            String value = config.get(limit).value();
            if (!value.equals("-1")) {
                LOG.warn("the topic expires, a replay will lack what is older: topic={} {}={}", topic, limit, value);
            }
        }
    }
}
