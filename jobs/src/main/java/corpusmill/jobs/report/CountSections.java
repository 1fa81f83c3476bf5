package corpusmill.jobs.report;

import corpusmill.formats.manifest.Manifest;

/** What is in the dataset. */
record CountSections(Manifest manifest) {

    Section sources() {
        Table table = new Table("Source", "Documents", "Tokens", "Tokens per document");
        BarChart chart = new BarChart("Tokens by source", "kept");
        manifest.sources().forEach(source -> {
            table.row(
                    Html.escape(source.name()),
                    Html.count(source.documents()),
                    Html.count(source.tokens()),
                    source.documents() == 0 ? "" : Html.count(source.tokens() / source.documents()));
            chart.bar(source.name(), (double) source.tokens(), Html.count(source.tokens()));
        });
        return new Section("Sources", "Tokens by source, which is the mixture as it is.", chart.html(), table);
    }

    Section splits() {
        Table table = new Table("Split", "Documents", "Rows", "Tokens", "Padding", "Padding share", "Shards");
        BarChart chart = new BarChart("Share of padding by split", "lost");
        manifest.splits().forEach((name, split) -> {
            long places = split.tokens() + split.padTokens();
            table.row(
                    Html.escape(name),
                    Html.count(split.documents()),
                    Html.count(split.rows()),
                    Html.count(split.tokens()),
                    Html.count(split.padTokens()),
                    Html.percent(split.padTokens(), places),
                    Html.count(split.shards()));
            chart.bar(
                    name,
                    places == 0 ? 0 : (double) split.padTokens() / places,
                    Html.percent(split.padTokens(), places) + " padding");
        });
        return new Section(
                "Splits and padding",
                "Rows of " + manifest.sequenceLength() + " tokens, "
                        + manifest.tokenType().dtype() + ".",
                chart.html(),
                table);
    }
}
