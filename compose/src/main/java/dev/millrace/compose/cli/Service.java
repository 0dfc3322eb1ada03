package dev.millrace.compose.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all services have in common: a signal closes them, whatever they are doing. */
final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private Service() {}

    /** Closes a service when this process ends, for whatever reason; nothing else should. */
    static void closeAtExit(AutoCloseable service, String name) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(service, name), "stop"));
    }

    private static void close(AutoCloseable service, String name) {
        try {
            service.close();
        } catch (Exception failure) {
            LOG.error("service not closed: name={}", name, failure);
        }
    }
}
