package dev.millrace.compose.cli;

import dev.millrace.ingest.load.LoadPlan;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of events per second; {@code max} and 0 are as many as go. */
final class RateConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
        if (text.equals("max")) {
            return LoadPlan.UNLIMITED;
        }
        if (text.matches("[0-9]{1,7}([.][0-9]{1,3})?")) {
            double rate = Double.parseDouble(text);
            return rate == 0 ? LoadPlan.UNLIMITED : rate;
        }
        throw new TypeConversionException("'" + text + "' is neither a number of events per second nor max");
    }
}
