package dev.millrace.compose.settings;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody probably meant who misspelt a name. */
final class NearestName {
    private NearestName() {}

    /** {@code "; did you mean X?"}, or nothing where no name is near. */
    static String suggestion(String misspelt, Collection<String> names) {
        int limit = Math.max(2, misspelt.length() / 4);
        return names.stream()
                .filter(name -> distance(misspelt, name) <= limit)
                .min(Comparator.comparingInt(name -> distance(misspelt, name)))
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** How many letters have to be put in, taken out or changed (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int above = row[column];
                int change = from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1;
                row[column] = Math.min(Math.min(above, row[column - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
