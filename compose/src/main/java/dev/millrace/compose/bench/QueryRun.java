package dev.millrace.compose.bench;

import dev.millrace.compose.bench.AskingThreads.Answers;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one way of asking gave.
 *
 * @param name the way, with the rate or that it was as fast as the answers came
 * @param stored events on the replica at the beginning
 * @param cpuSeconds by process
 */
record QueryRun(String name, long stored, Answers answers, Map<String, Double> cpuSeconds) {
    /** Microseconds of processor time by process for each question. */
    Map<String, Double> cpuMicrosPerQuestion() {
        return ProcessorTime.microsPerEvent(cpuSeconds, Math.max(1, answers.questions()));
    }

    /** For a program. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("events", stored);
        members.put("questions", answers.questions());
        members.put("questions_per_second", answers.perSecond());
        members.put("events_per_answer", (double) answers.events() / Math.max(1, answers.questions()));
        members.put("latency_ms", answers.latency().members());
        members.put("cpu_seconds", cpuSeconds);
        members.put("cpu_us_per_question", cpuMicrosPerQuestion());
        return members;
    }
}
