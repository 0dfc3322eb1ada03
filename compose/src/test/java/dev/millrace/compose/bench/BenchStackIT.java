package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.stack.StackDirectory;
import dev.millrace.compose.stack.StackException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a variant, as the real servers and the real sink have them. */
class BenchStackIT {
    @TempDir
    Path directory;

    @Test
    void settingsOfAVariantTakeEffectOnBothServersAndInTheSink() throws Exception {
        // Given
        Path garbageLog = directory.resolve("sink-garbage.log");
        DrainVariant variant = new DrainVariant(
                false,
                new StackVariant(
                        Map.of("SINK_GROUP", "other-group", "KAFKA_GROUP_PROTOCOL", "classic"),
                        List.of("-Xlog:gc:file=" + garbageLog),
                        Map.of("work_mem", "8192kB", "wal_compression", "pglz")));
        Progress progress = new Progress(new PrintWriter(System.out, true), null);
        try (BenchStack stack = new BenchStack(new StackDirectory(directory.resolve("data")), progress)) {
            // When
            Addresses addresses = stack.start(1, variant);
            Map<String, String> changed = stack.change(variant.stack().postgres());
            // Then
            assertThat(changed).isEqualTo(Map.of("work_mem", "8MB", "wal_compression", "pglz"));
            for (String server :
                    List.of(addresses.owner(), addresses.replica(), addresses.writer(), addresses.reader())) {
                assertThat(setting(server, "work_mem")).isEqualTo("8MB");
                assertThat(setting(server, "wal_compression")).isEqualTo("pglz");
            }
            assertThat(groupType(addresses.kafka(), "other-group")).isEqualTo(GroupType.CLASSIC);
            assertThat(garbageLog).isNotEmptyFile();
            requireRefusals(stack, addresses);
        }
    }

    private static void requireRefusals(BenchStack stack, Addresses addresses) throws Exception {
        assertThatThrownBy(() -> stack.change(Map.of("max_connections", "70")))
                .isInstanceOf(StackException.class)
                .hasMessage("max_connections cannot be changed while the primary runs");
        assertThatThrownBy(() -> stack.change(Map.of("work_memory", "1MB")))
                .isInstanceOf(StackException.class)
                .hasMessage("the primary has no setting 'work_memory'");
        assertThatThrownBy(() -> stack.change(Map.of("work_mem", "much")))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("the primary refuses work_mem=much: ");
        assertThat(setting(addresses.owner(), "work_mem")).isEqualTo("8MB");
    }

    private static String setting(String url, String name) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('" + name + "')")) {
            row.next();
            return row.getString(1);
        }
    }

    private static GroupType groupType(String kafka, String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            return admin.listGroups().all().get().stream()
                    .filter(listing -> listing.groupId().equals(group))
                    .findFirst()
                    .flatMap(GroupListing::type)
                    .orElseThrow();
        }
    }
}
