package dev.millrace.compose.torture;

import java.util.Random;

/**
 * Where all that is random comes from: a source per concern, so that one which is asked more often
 * changes nothing for the others.
 *
 * @param seed the same for the same run
 */
record Seeds(long seed) {
    Random random(String concern) {
        // Random alone would give neighbouring seeds nearly the same first numbers.
        return new Random((seed + concern.hashCode()) * 0x9E37_79B9_7F4A_7C15L ^ concern.hashCode());
    }
}
