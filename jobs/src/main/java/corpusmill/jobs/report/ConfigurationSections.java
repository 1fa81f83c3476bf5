package corpusmill.jobs.report;

import corpusmill.formats.manifest.Manifest;
import corpusmill.jobs.dedup.near.LshBands;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What follows from the configuration. */
record ConfigurationSections(Manifest manifest) {

    Section nearDuplicates() {
        Map<String, Object> keys = values();
        if (!Boolean.TRUE.equals(keys.get("deduplication.near.enabled"))) {
            return new Section("Near-duplicates", "", new Table());
        }
        double threshold = number("deduplication.near.threshold");
        double recall = number("deduplication.near.recall");
        LshBands bands = LshBands.of(threshold, recall);
        Table table = new Table("Similarity of two documents", "Probability that they are compared");
        for (double similarity = 0.1; similarity < 1.0001; similarity += 0.1) {
            table.row(
                    String.format(Locale.ROOT, "%.1f", similarity),
                    String.format(Locale.ROOT, "%.4f", bands.probability(similarity)));
        }
        return new Section(
                "Near-duplicates",
                String.format(
                        Locale.ROOT,
                        "Threshold %s; %d bands of %d minima; expected recall at the threshold %.4f. A document is removed"
                                + " only when its exact similarity to a kept one reaches the threshold.",
                        threshold,
                        bands.bands(),
                        bands.rows(),
                        bands.probability(threshold)),
                new CurveChart("Probability that two documents are compared, by their similarity", bands::probability)
                        .html(threshold),
                table);
    }

    /** The configuration by dotted keys. */
    private SortedMap<String, Object> values() {
        SortedMap<String, Object> keys = new TreeMap<>();
        flatten("", manifest.configuration(), keys);
        return keys;
    }

    private static void flatten(String before, Map<?, ?> object, SortedMap<String, Object> keys) {
        object.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(before + name + ".", inner, keys);
            } else {
                keys.put(before + name, value);
            }
        });
    }

    private double number(String key) {
        return ((Number) Objects.requireNonNull(values().get(key), key)).doubleValue();
    }

    Section keys() {
        Table table = new Table("Key", "Value");
        table.row("fingerprint", manifest.fingerprint());
        table.row("root hash", "<code>" + manifest.rootHash() + "</code>");
        table.row(
                "tokenizer",
                Html.escape(manifest.tokenizer().name()) + " <code>"
                        + manifest.tokenizer().fingerprint() + "</code>");
        String whyNotFast = manifest.tokenizer().whyNotFast();
        table.row(
                "engine",
                Html.escape(manifest.tokenizer().engine()
                        + (whyNotFast == null ? "" : "; the fast engine was not taken: " + whyNotFast)));
        values().forEach((key, value) -> table.row(Html.escape(key), Html.escape(String.valueOf(value))));
        return new Section("Configuration", "What changes the bytes of the dataset.", table);
    }
}
