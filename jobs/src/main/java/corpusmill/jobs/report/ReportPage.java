package corpusmill.jobs.report;

import corpusmill.formats.manifest.LedgerEntry;
import corpusmill.formats.manifest.Manifest;
import corpusmill.jobs.dedup.near.LshBands;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The report of a dataset: one self-contained page that needs neither network nor script, readable as tables, in light
 * and dark.
 *
 * @param manifest what was published
 * @param run the run that made it; {@link RunRecord#NONE} when the report is written anew
 */
public record ReportPage(Manifest manifest, RunRecord run) {

    /** The page's name below the root. */
    public static final String NAME = "report.html";

    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8884; --bar: #3b82f6; --lost: #d97706; }
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
            table { border-collapse: collapse; margin: .5rem 0 2rem; width: 100%; }
            th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: right; }
            th:first-child, td:first-child { text-align: left; }
            h2 { margin-top: 2rem; } code { overflow-wrap: anywhere; }
            .bar { background: var(--bar); display: inline-block; height: .8rem; }
            .lost { background: var(--lost); display: inline-block; height: .8rem; }
            .scroll { overflow-x: auto; }
            """;

    /** The page. */
    public String html() {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<title>Dataset " + manifest.fingerprint() + "</title><style>\n" + STYLE + "</style></head><body>\n"
                + "<h1>Dataset " + manifest.fingerprint() + "</h1>\n"
                + flow() + dropped() + splits() + sources() + nearDuplicates() + figures() + times() + configuration()
                + "</body></html>\n";
    }

    private String flow() {
        long most = manifest.ledger().values().stream()
                .mapToLong(LedgerEntry::in)
                .max()
                .orElse(1);
        Table table = new Table("Stage", "In", "Out", "Dropped", "Share of the records that came in");
        manifest.ledger()
                .forEach((stage, entry) -> table.row(
                        escape(stage),
                        count(entry.in()),
                        count(entry.out()),
                        count(entry.in() - entry.out()),
                        bars(entry, most)));
        return section(
                "From records to rows", "In every stage, in = out + dropped; <code>write</code> counts rows.", table);
    }

    private static String bars(LedgerEntry entry, long most) {
        return String.format(
                Locale.ROOT,
                "<span class=\"bar\" style=\"width:%.2f%%\"></span><span class=\"lost\" style=\"width:%.2f%%\"></span>",
                90.0 * entry.out() / most,
                90.0 * (entry.in() - entry.out()) / most);
    }

    private String dropped() {
        Table table = new Table("Reason", "Stage", "Count");
        manifest.ledger()
                .forEach((stage, entry) ->
                        entry.dropped().forEach((reason, n) -> table.row(escape(reason), escape(stage), count(n))));
        return section(
                "What was dropped",
                "Each one is a row of <code>meta/removed.parquet</code> or <code>meta/rejected.parquet</code>.",
                table);
    }

    private String splits() {
        Table table = new Table("Split", "Documents", "Rows", "Tokens", "Padding", "Padding share", "Shards");
        manifest.splits()
                .forEach((name, split) -> table.row(
                        escape(name),
                        count(split.documents()),
                        count(split.rows()),
                        count(split.tokens()),
                        count(split.padTokens()),
                        percent(split.padTokens(), split.tokens() + split.padTokens()),
                        count(split.shards())));
        return section(
                "Splits",
                "Rows of " + manifest.sequenceLength() + " tokens, "
                        + manifest.tokenType().dtype(),
                table);
    }

    private String sources() {
        Table table = new Table("Source", "Documents", "Tokens", "Tokens per document");
        manifest.sources()
                .forEach(source -> table.row(
                        escape(source.name()),
                        count(source.documents()),
                        count(source.tokens()),
                        source.documents() == 0 ? "" : count(source.tokens() / source.documents())));
        return section("Sources", "", table);
    }

    private String nearDuplicates() {
        Map<String, Object> keys = keys();
        if (!Boolean.TRUE.equals(keys.get("deduplication.near.enabled"))) {
            return "";
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
        return section(
                "Near-duplicates",
                String.format(
                        Locale.ROOT,
                        "Threshold %s; %d bands of %d minima; expected recall at the threshold %.4f. A document is removed"
                                + " only when its exact similarity to a kept one reaches the threshold.",
                        threshold,
                        bands.bands(),
                        bands.rows(),
                        bands.probability(threshold)),
                table);
    }

    /** The configuration by dotted keys. */
    private SortedMap<String, Object> keys() {
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
        return ((Number) Objects.requireNonNull(keys().get(key), key)).doubleValue();
    }

    private String figures() {
        if (run.figures().isEmpty()) {
            return "";
        }
        Table table = new Table("What", "Count");
        run.figures().forEach((what, n) -> table.row(escape(what), count(n)));
        return section("Figures of the run", "", table);
    }

    private String times() {
        if (run.accounts().isEmpty()) {
            return "";
        }
        Table table = new Table("Stage", "Seconds", "CPU seconds", "");
        run.accounts()
                .forEach(account -> table.row(
                        escape(account.name()),
                        String.format(Locale.ROOT, "%.1f", account.seconds()),
                        String.format(Locale.ROOT, "%.1f", account.cpuSeconds()),
                        account.reused() ? "of an earlier run" : ""));
        return section("Times", "Of the run that wrote this report.", table);
    }

    private String configuration() {
        Table table = new Table("Key", "Value");
        table.row("fingerprint", manifest.fingerprint());
        table.row("root hash", manifest.rootHash());
        table.row(
                "tokenizer",
                escape(manifest.tokenizer().name() + " " + manifest.tokenizer().fingerprint()));
        table.row("engine", escape(manifest.tokenizer().engine()));
        keys().forEach((key, value) -> table.row(escape(key), escape(String.valueOf(value))));
        return section("Configuration", "What changes the bytes of the dataset.", table);
    }

    private static String section(String title, String sentence, Table table) {
        return "<h2>" + title + "</h2>\n<p>" + sentence + "</p>\n<div class=\"scroll\">" + table.html() + "</div>\n";
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "" : String.format(Locale.ROOT, "%.3f %%", 100.0 * part / whole);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
