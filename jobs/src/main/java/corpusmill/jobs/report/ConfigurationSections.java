package corpusmill.jobs.report;

import corpusmill.formats.manifest.Manifest;
import corpusmill.jobs.dedup.near.LshBands;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What follows from the configuration. */
record ConfigurationSections(Manifest manifest) {

    /** @param measured what the run measured of the curve */
    Section nearDuplicates(List<CurvePoint> measured) {
        Map<String, Object> keys = values();
        if (!Boolean.TRUE.equals(keys.get("deduplication.near.enabled"))) {
            return new Section("Near-duplicates", "", new Table());
        }
        double threshold = number("deduplication.near.threshold");
        double recall = number("deduplication.near.recall");
        LshBands bands = LshBands.of(threshold, recall);
        Table table = new Table(
                "Similarity of two documents", "Probability that they are compared", "measured", "of pairs found");
        for (double similarity = 0.1; similarity < threshold - 0.01; similarity += 0.1) {
            table.row(probability(similarity, 1), probability(bands.probability(similarity), 4), "", "");
        }
        CurveChart chart =
                new CurveChart("Probability that two documents are compared, by their similarity", bands::probability);
        for (CurvePoint point : measured) {
            double probability = point.probability(bands.bands());
            table.row(
                    probability(point.similarity(), 3),
                    probability(bands.probability(point.similarity()), 4),
                    probability(probability, 4),
                    Html.count(point.pairs()));
            chart.dot(point.similarity(), probability);
        }
        return new Section(
                "Near-duplicates",
                String.format(
                        Locale.ROOT,
                        "Threshold %s; %d bands of %d minima; expected recall at the threshold %.4f. A document is removed"
                                + " only when its exact similarity to a kept one reaches the threshold. The points are"
                                + " measured: estimated from the number of bands that the pairs share which were found;"
                                + " of large buckets these are among the pairs that were compared.",
                        threshold,
                        bands.bands(),
                        bands.rows(),
                        bands.probability(threshold)),
                chart.html(threshold),
                table);
    }

    private static String probability(double probability, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", probability);
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
