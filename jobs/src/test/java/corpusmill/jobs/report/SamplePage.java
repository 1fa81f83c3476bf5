package corpusmill.jobs.report;

import corpusmill.formats.manifest.InputsEntry;
import corpusmill.formats.manifest.LedgerEntry;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.PackingEntry;
import corpusmill.formats.manifest.ShuffleEntry;
import corpusmill.formats.manifest.SourceEntry;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.manifest.TokenizerEntry;
import corpusmill.formats.shard.TokenType;
import corpusmill.jobs.flow.StageAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The report of a run with every part in it. */
final class SamplePage {

    private SamplePage() {}

    static ReportPage of(Map<String, LedgerEntry> ledger) {
        return new ReportPage(manifest(ledger), record(ledger));
    }

    static Map<String, LedgerEntry> ledger() {
        Map<String, LedgerEntry> ledger = new LinkedHashMap<>();
        ledger.put("ingest", new LedgerEntry(1337, 1300, Map.of("INVALID_JSON", 30L, "TOO_SHORT", 7L)));
        ledger.put("exact", new LedgerEntry(1300, 1200, Map.of("DUPLICATE_EXACT", 100L)));
        ledger.put("near", new LedgerEntry(1200, 900, Map.of("DUPLICATE_NEAR", 300L)));
        ledger.put("tokenize", new LedgerEntry(900, 900, Map.of()));
        ledger.put("write", new LedgerEntry(890, 890, Map.of()));
        return ledger;
    }

    private static RunRecord record(Map<String, LedgerEntry> ledger) {
        List<StageAccount> accounts = ledger.entrySet().stream()
                .map(stage -> new StageAccount(
                        stage.getKey(),
                        stage.getValue().in(),
                        stage.getValue().out(),
                        new TreeMap<>(stage.getValue().dropped()),
                        2.5,
                        4.5,
                        stage.getKey().equals("ingest")))
                .toList();
        return new RunRecord(
                accounts,
                Map.of("pairs verified", 4321L),
                new TreeMap<>(Map.of(2L, 170L, 16L, 4L)),
                recall(),
                Map.of("ingest", new TreeMap<>(Map.of("GetObject", 1234L, "PutObject", 56L))),
                details());
    }

    private static RecallSample recall() {
        return new RecallSample(
                256,
                1200,
                List.of(new RecallSample.Bin(0.8, 30, 29, 0.975), new RecallSample.Bin(0.85, 10, 10, 0.999)));
    }

    private static RunDetails details() {
        return new RunDetails(
                new TreeMap<>(Map.of(64L, 120L, 128L, 700L, 4096L, 80L)),
                new TreeMap<>(Map.of("LATIN", 900L, "HAN", 250L, "ARABIC", 150L)),
                // Of 13 bands of 7 minima a pair of 0.82 that is found shares 3.32 on average, one of 0.95 shares 9.08.
                List.of(new CurvePoint(0.82, 1000, 3350), new CurvePoint(0.95, 400, 3630)),
                List.of(DuplicateExample.of(
                        0.8123,
                        new DuplicateExample.Side(
                                1099511627876L,
                                "s3://bucket/raw/web/b.jsonl",
                                "The ferry leaves at eight, and -- weather permitting --> comes back at <noon> with the"
                                        + " mail and two passengers."),
                        new DuplicateExample.Side(
                                7,
                                "s3://bucket/raw/web/a.jsonl",
                                "The ferry leaves at nine, and -- weather permitting --> comes back at <noon> with the"
                                        + " mail and two passengers."))),
                "corpusmill prepare --config job.yaml --set packing.sequence-length=1024");
    }

    private static Manifest manifest(Map<String, LedgerEntry> ledger) {
        return new Manifest(
                Manifest.FORMAT,
                "0123456789ab",
                "ab".repeat(32),
                "",
                "Corpusmill test",
                TokenType.UINT16,
                1024,
                0,
                new TokenizerEntry(
                        "gpt2",
                        "cd".repeat(32),
                        "reference",
                        "it does not cover $.normalizer",
                        50257,
                        "ordinary",
                        List.of(50256)),
                new PackingEntry("best-fit", 1),
                new ShuffleEntry(ShuffleEntry.FEISTEL, 1),
                Map.of("train", new SplitEntry(890, 900_000, 11_360, 900, 2, 512, 378, 2048, 4096, "data/%06d.arrow")),
                List.of(new SourceEntry(0, "web", 600, 700_000), new SourceEntry(1, "<b>&\"books\"", 300, 200_000)),
                ledger,
                new InputsEntry(7, 632_405),
                Map.of(),
                Map.of(),
                Map.of(
                        "deduplication",
                        Map.of("near", Map.of("enabled", true, "threshold", 0.8, "recall", 0.95)),
                        "packing",
                        Map.of("seed", 1L)));
    }
}
