package corpusmill.jobs.report;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** What the run saw of the documents. */
record DetailSections(RunDetails details) {

    Section lengths() {
        Table table = new Table("Tokens in a document", "Documents", "Share");
        BarChart chart = new BarChart("Documents by their length in tokens", "kept");
        long all =
                details.lengths().values().stream().mapToLong(Long::longValue).sum();
        details.lengths().forEach((least, n) -> {
            String range = least == 0 ? "0" : Html.count(least) + " to " + Html.count(2 * least - 1);
            table.row(range, Html.count(n), Html.percent(n, all));
            chart.bar(range, n, Html.count(n));
        });
        return new Section(
                "Lengths", "Kept documents by their tokens, those put behind each included.", chart.html(), table);
    }

    Section scripts() {
        Table table = new Table("Script", "Documents", "Share");
        BarChart chart = new BarChart("Documents by script", "kept");
        long all =
                details.scripts().values().stream().mapToLong(Long::longValue).sum();
        details.scripts().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(script -> {
                    table.row(
                            Html.escape(script.getKey()),
                            Html.count(script.getValue()),
                            Html.percent(script.getValue(), all));
                    chart.bar(script.getKey(), script.getValue(), Html.count(script.getValue()));
                });
        return new Section(
                "Scripts",
                "The script of most letters of a document, in a sample of " + Html.count(all)
                        + " documents. Languages are not told apart.",
                chart.html(),
                table);
    }

    Section examples() {
        Table table = new Table("Similarity", "Removed", "Kept");
        details.examples().stream()
                .sorted(Comparator.comparingDouble(DuplicateExample::similarity))
                .forEach(example -> {
                    SideBySide texts = new SideBySide(example.removedText(), example.keptText());
                    table.row(
                            String.format(Locale.ROOT, "%.4f", example.similarity()),
                            text(texts.first(), example.removed(), example.removedFrom()),
                            text(texts.second(), example.kept(), example.keptFrom()));
                });
        return new Section(
                "The least similar of what was removed",
                "Removed documents whose similarity to the kept one is the smallest, from where they begin to differ;"
                        + " what only one of them has is marked. <code>corpusmill inspect DATASET --document ID</code>"
                        + " traces them.",
                table);
    }

    private static String text(String html, long id, String from) {
        return "<div class=\"example\">" + html + "</div><code>" + id + "</code> <span class=\"small\">"
                + Html.escape(from) + "</span>";
    }

    Section repeat() {
        Table table = new Table("To repeat it");
        if (!details.command().isEmpty()) {
            table.row("<code>" + Html.escape(details.command()) + "</code>");
        }
        return new Section(
                "The command",
                "The same input and configuration give the same bytes; run there it does nothing.",
                table);
    }
}
