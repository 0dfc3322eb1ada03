package dev.millrace.compose.cli;

import dev.millrace.compose.dlq.Coordinate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the place of a record from a command line. */
final class CoordinateConverter implements ITypeConverter<Coordinate> {
    @Override
    public Coordinate convert(String text) {
        try {
            return Coordinate.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException("TOPIC:PARTITION:OFFSET or PARTITION:OFFSET, not '" + text + "'");
        }
    }
}
