package dev.millrace.compose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackVariantOptionsTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "PATH=/bin,begins with neither SINK_ nor KAFKA_",
        "QUERY_API_PORT=1,begins with neither SINK_ nor KAFKA_",
        "SINK_PORT=1,is decided by the stack",
        "SINK_WRITER_URL_FILE=x,is decided by the stack",
        "KAFKA_BOOTSTRAP_SERVERS=x,is decided by the stack",
        "SINK_BATCH_MAX_ROW=5,SINK_BATCH_MAX_ROW is no setting",
        "KAFKA_GROUP_PROTOCL=classic,Kafka's clients do not know it",
        "SINK_BATCH_MAX_ROWS=many,SINK_BATCH_MAX_ROWS",
        "SINK_BATCH_MAX_ROWS,NAME=VALUE"
    })
    void sinkSettingThatCouldNotBeMeasuredIsRefusedBeforeAnythingStarts(String setting, String problem) {
        // When
        int exitCode = MillraceCommand.commandLine()
                .setErr(new PrintWriter(err))
                .execute("bench", "--scenario", "freshness", "--sink", setting);
        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).startsWith("millrace: ").contains(problem);
    }
}
