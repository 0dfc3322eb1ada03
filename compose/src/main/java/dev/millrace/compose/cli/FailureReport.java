package dev.millrace.compose.cli;

import dev.millrace.compose.stack.StackException;
import dev.millrace.schemas.access.AccessSetupException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command threw into a line for a person and an exit code. */
final class FailureReport implements IExecutionExceptionHandler {
    /** The class of SQLSTATEs for connections; 57P03 is a server that starts or stops. */
    private static final String CONNECTION_STATES = "08";

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr().println("millrace: " + message(failure));
        int exitCode = exitCode(failure);
        if (exitCode == ExitCode.FAILED && !isForPeople(failure)) {
            LoggerFactory.getLogger(FailureReport.class).error("command failed", failure);
        }
        return exitCode;
    }

    static int exitCode(Throwable failure) {
        if (failure instanceof StackException explained) {
            return switch (explained.kind()) {
                case FAILED -> ExitCode.FAILED;
                case USAGE -> ExitCode.USAGE;
                case UNAVAILABLE -> ExitCode.UNAVAILABLE;
            };
        }
        if (failure instanceof AccessSetupException) {
            return ExitCode.USAGE;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isOutside(cause)) {
                return ExitCode.UNAVAILABLE;
            }
        }
        return ExitCode.FAILED;
    }

    private static boolean isOutside(Throwable cause) {
        if (cause instanceof SQLException database) {
            String state = database.getSQLState();
            return state != null && (state.startsWith(CONNECTION_STATES) || state.equals("57P03"));
        }
        if (cause instanceof IOException && String.valueOf(cause.getMessage()).contains("No space left on device")) {
            return true;
        }
        return cause instanceof BindException || cause instanceof ConnectException || cause instanceof TimeoutException;
    }

    private static String message(Throwable failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        return isForPeople(failure) ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    /** Whether the message says it all; of anything else the place in the code matters too. */
    private static boolean isForPeople(Throwable failure) {
        return failure instanceof StackException
                || failure instanceof AccessSetupException
                || failure instanceof IllegalStateException
                || failure instanceof AccessDeniedException
                || failure instanceof NoSuchFileException;
    }
}
