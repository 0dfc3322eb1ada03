package dev.millrace.schemas.testing.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All the records, the same ones every time. No two have the same event id, so none is a repeat.
 *
 * <p>Not in it, because the one schema cannot say it: unions, enums, maps, arrays, decimals, doubles.
 */
public final class Corpus {
    private static final List<Consumer<Function<String, Draft>>> FAMILIES = List.of(
            FramingRecords::add,
            AvroRecords::add,
            HeaderRecords::add,
            TextRecords::add,
            NameRecords::add,
            TimeRecords::add,
            JsonRecords::add,
            JsonShapeRecords::add,
            NumberRecords::add,
            SizeRecords::add);

    private Corpus() {}

    /** Made anew by each call; some 60 MB. */
    public static List<CorpusRecord> records() {
        Map<String, CorpusRecord> records = new LinkedHashMap<>();
        Function<String, Draft> draft = name -> new Draft(name, record -> {
            if (records.put(name, record) != null) {
                throw new IllegalStateException("two records with the name " + name);
            }
        });
        FAMILIES.forEach(family -> family.accept(draft));
        return new ArrayList<>(records.values());
    }
}
