package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;

/** Asks one checker, as the codec does, about one document after the other. */
final class CheckedJson {
    private final JsonChecker checker = new JsonChecker();

    long size(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return checker.checkObject(bytes, 0, bytes.length);
    }

    RejectReason reason(String json) {
        return reason(json.getBytes(StandardCharsets.UTF_8));
    }

    RejectReason reason(byte[] json) {
        return catchThrowableOfType(InvalidEventException.class, () -> checker.checkObject(json, 0, json.length))
                .reason();
    }
}
