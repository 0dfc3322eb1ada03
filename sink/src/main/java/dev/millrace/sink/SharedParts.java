package dev.millrace.sink;

import dev.millrace.sink.group.BrokenGroup;
import dev.millrace.sink.loop.Ticker;
import dev.millrace.sink.loop.TopicInspector;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.KnownTimelines;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Properties;

/**
 * What the workers of a process have in common, each of it thread-safe.
 *
 * @param topicId Kafka's id of the topic when the process began
 * @param tablePartitions also looks at the schema, once for all
 * @param timelines what one worker learns of the servers all of them know
 */
record SharedParts(
        SinkSettings settings,
        String topic,
        String topicId,
        MeterRegistry registry,
        SinkMetrics metrics,
        TablePartitions tablePartitions,
        KnownTimelines timelines) {

    /** @throws IllegalStateException if the topic is not what it has to be, or Kafka does not answer */
    static SharedParts of(SinkSettings settings, String topic, MeterRegistry registry, SinkMetrics metrics) {
        String topicId = TopicInspector.topicId(kafkaClient(settings), topic);
        BrokenGroup.mend(kafkaClient(settings), settings.group(), Ticker.SYSTEM);
        return new SharedParts(
                settings,
                topic,
                topicId,
                registry,
                metrics,
                new TablePartitions(settings.ownerUrl(), settings.upkeep().interval()),
                new KnownTimelines());
    }

    /** Properties of Kafka's clients, a copy for whoever asks. */
    Properties kafkaClient() {
        return kafkaClient(settings);
    }

    private static Properties kafkaClient(SinkSettings settings) {
        Properties client = new Properties();
        client.putAll(settings.kafkaProperties());
        return client;
    }
}
