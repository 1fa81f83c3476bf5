package corpusmill.jobs.report;

import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SplitEntry;

/** What came into the stages and what became of it. */
record LedgerSections(Manifest manifest) {

    Section flow() {
        Table table = new Table("Stage", "In", "Out", "Dropped", "Share dropped");
        manifest.ledger()
                .forEach((stage, entry) -> table.row(
                        Html.escape(stage),
                        Html.count(entry.in()),
                        Html.count(entry.out()),
                        Html.count(entry.in() - entry.out()),
                        Html.percent(entry.in() - entry.out(), entry.in())));
        return new Section(
                "From records to rows",
                "In every stage, in = out + dropped; <code>write</code> counts rows.",
                FlowChart.html(
                        manifest.ledger(),
                        manifest.inputs().files(),
                        manifest.splits().values().stream()
                                .mapToLong(SplitEntry::tokens)
                                .sum()),
                table);
    }

    Section dropped() {
        Table table = new Table("Reason", "Stage", "Count", "Share of what came in");
        BarChart chart = new BarChart("What was dropped, by reason", "lost");
        manifest.ledger()
                .forEach((stage, entry) -> entry.dropped().forEach((reason, n) -> {
                    table.row(Html.escape(reason), Html.escape(stage), Html.count(n), Html.percent(n, entry.in()));
                    chart.bar(reason, n.doubleValue(), Html.count(n));
                }));
        return new Section(
                "What was dropped",
                "Each one is a row of <code>meta/removed.parquet</code> or <code>meta/rejected.parquet</code>;"
                        + " <code>corpusmill inspect DATASET --source FILE</code> tells what became of a file.",
                chart.html(),
                table);
    }
}
