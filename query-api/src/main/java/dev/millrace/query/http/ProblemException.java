package dev.millrace.query.http;

/** Ends a request with a problem. An expected outcome, so it carries no stack trace. */
final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
