package dev.millrace.query.http;

import dev.millrace.query.read.CompleteThrough;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer (RFC 9457).
 *
 * @param detail this case, for a person; never SQL
 * @param errors every parameter that is wrong
 * @param completeThrough how far the replica is, when that is the problem
 */
record Problem(
        ProblemType type,
        String detail,
        List<InvalidParameter> errors,
        @Nullable CompleteThrough completeThrough) {
    Problem(ProblemType type, String detail) {
        this(type, detail, List.of(), null);
    }

    static Problem invalid(List<InvalidParameter> errors) {
        String names = String.join(
                ", ",
                errors.stream().map(InvalidParameter::parameter).distinct().toList());
        return new Problem(ProblemType.BAD_REQUEST, "see errors: " + names, List.copyOf(errors), null);
    }

    static Problem invalid(String parameter, String message) {
        return invalid(List.of(new InvalidParameter(parameter, message)));
    }
}
