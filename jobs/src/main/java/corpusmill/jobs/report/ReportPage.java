package corpusmill.jobs.report;

import corpusmill.formats.manifest.LedgerEntry;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SplitEntry;
import java.util.List;

/**
 * The report of a dataset: one self-contained page that needs neither network nor script, pictures are drawn as SVG
 * with the table of their numbers below, in light and dark.
 *
 * @param manifest what was published
 * @param run the run that made it; {@link RunRecord#NONE} when the report is written anew
 */
public record ReportPage(Manifest manifest, RunRecord run) {

    /** The page's name below the root. */
    public static final String NAME = "report.html";

    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8884; --kept: #2f6fd0; --lost: #c2620c; --node: #33415c; }
            @media (prefers-color-scheme: dark) { :root { --kept: #6aa5ff; --lost: #f0a04b; --node: #c4cede; } }
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
            h1 { font-size: 1.6rem; overflow-wrap: anywhere; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
            table { border-collapse: collapse; margin: .5rem 0; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: right; }
            th:first-child, td:first-child { text-align: left; }
            code { overflow-wrap: anywhere; } .scroll { overflow-x: auto; margin: .8rem 0; }
            svg { display: block; min-width: 42rem; width: 100%; font: 14px system-ui, sans-serif; }
            svg text { fill: currentColor; } .end { text-anchor: end; } .middle { text-anchor: middle; } .strong { font-weight: 600; }
            .small { font-size: 12px; opacity: .85; }
            .kept { fill: var(--kept); } .lost { fill: var(--lost); } .node { fill: var(--node); }
            .dot { fill: var(--node); stroke: var(--kept); stroke-width: 2; }
            .stream { opacity: .65; } .curve, .grid, .mark { fill: none; stroke: var(--kept); stroke-width: 3; }
            .grid { stroke: var(--line); stroke-width: 1; }
            .mark { stroke: var(--lost); stroke-width: 2; stroke-dasharray: 6 4; }
            mark { background: none; color: var(--lost); font-weight: 600; }
            .example { min-width: 16rem; } td:has(.example) { text-align: left; vertical-align: top; overflow-wrap: anywhere; }
            td { white-space: nowrap; } td:last-child, td:has(.example) { white-space: normal; }
            @media (max-width: 40rem) { table { font-size: .85rem; } th, td { padding: .25rem .4rem; } }
            .facts { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); margin: 0; }
            .facts div { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; }
            .facts dt { font-size: .85rem; opacity: .8; } .facts dd { font-size: 1.3rem; margin: 0; }
            """;

    /** The page. */
    public String html() {
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<title>Dataset " + manifest.fingerprint() + "</title><style>\n" + STYLE + "</style></head><body>\n"
                + "<h1>Dataset " + manifest.fingerprint() + "</h1>\n" + facts());
        sections().forEach(section -> page.append(section.html()));
        return page.append(RunRecordText.comment(run))
                .append("</body></html>\n")
                .toString();
    }

    /** The parts of the page in their order. */
    private List<Section> sections() {
        ConfigurationSections configuration = new ConfigurationSections(manifest);
        DetailSections details = new DetailSections(run.details());
        return List.of(
                new LedgerSections(manifest).flow(),
                new LedgerSections(manifest).dropped(),
                new CountSections(manifest).sources(),
                new CountSections(manifest).splits(),
                details.lengths(),
                details.scripts(),
                configuration.nearDuplicates(run.details().curve()),
                new RunSections(run).recall(),
                new RunSections(run).clusters(),
                details.examples(),
                new RunSections(run).times(),
                new RunSections(run).requests(),
                new RunSections(run).figures(),
                configuration.keys(),
                details.repeat());
    }

    /** The figures one looks for first. */
    private String facts() {
        long in = manifest.ledger().values().stream()
                .findFirst()
                .map(LedgerEntry::in)
                .orElse(0L);
        long documents = manifest.splits().values().stream()
                .mapToLong(SplitEntry::documents)
                .sum();
        long rows =
                manifest.splits().values().stream().mapToLong(SplitEntry::rows).sum();
        long tokens = manifest.splits().values().stream()
                .mapToLong(SplitEntry::tokens)
                .sum();
        return "<dl class=\"facts\">" + fact("input files", manifest.inputs().files()) + fact("records", in)
                + fact("documents kept", documents) + fact("tokens", tokens) + fact("rows", rows) + "</dl>\n";
    }

    private static String fact(String name, long n) {
        return "<div><dt>" + name + "</dt><dd>" + Html.count(n) + "</dd></div>";
    }
}
