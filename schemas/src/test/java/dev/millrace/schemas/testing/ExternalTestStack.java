package dev.millrace.schemas.testing;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Servers that run already. Postgres has to trust its clients, and takes {@code CREATE DATABASE} and
 * {@code CREATE ROLE} from the user postgres.
 */
final class ExternalTestStack implements TestStack {
    static final String POSTGRES = "MILLRACE_TEST_POSTGRES";
    static final String KAFKA = "MILLRACE_TEST_KAFKA";

    private static final Pattern ADDRESS = Pattern.compile("([^:,/]+):([0-9]{1,5})");

    private final Map<String, String> environment;

    ExternalTestStack(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public PostgresServer postgres() {
        Matcher address = address(POSTGRES);
        return new PostgresServer(address.group(1), Integer.parseInt(address.group(2)));
    }

    @Override
    public String bootstrapServers() {
        return address(KAFKA).group();
    }

    private Matcher address(String variable) {
        String value = environment.getOrDefault(variable, "");
        Matcher address = ADDRESS.matcher(value);
        if (!address.matches()) {
            throw new IllegalStateException(TestServices.VARIABLE + "=external needs " + variable
                    + "=host:port of a running server, not '" + value + "'");
        }
        return address;
    }
}
