package dev.millrace.ingest.publish;

import dev.millrace.ingest.publish.PublishException.Kind;
import dev.millrace.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Asks Kafka once for {@code events.v1}. A publisher waits patiently for a broker that comes back; a
 * command wants to know within seconds that there is none.
 */
public final class TopicCheck {
    private TopicCheck() {}

    /**
     * Returns when Kafka has answered that the topic is there.
     *
     * @param limit how long to wait for the answer
     * @throws PublishException of kind {@code NOT_SENT} if Kafka cannot be reached or has no such topic
     */
    public static void requireTopic(PublisherConfig config, Duration limit) {
        String topic = Topic.EVENTS.topicName();
        String problem = "topic " + topic + " at " + config.bootstrapServers();
        Map<String, Object> properties = new HashMap<>(config.kafkaProperties());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(limit.toMillis()));
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(limit.toMillis()));
        try (Admin admin = Admin.create(properties)) {
            try {
                admin.describeTopics(List.of(topic)).allTopicNames().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                admin.close(Duration.ZERO);
            }
        } catch (ExecutionException | KafkaException failure) {
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            throw new PublishException(Kind.NOT_SENT, problem, reason);
        } catch (TimeoutException noAnswer) {
            throw new PublishException(Kind.NOT_SENT, problem + ": no answer within " + limit.toMillis() + " ms");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PublishException(Kind.NOT_SENT, problem + ": interrupted");
        }
    }
}
