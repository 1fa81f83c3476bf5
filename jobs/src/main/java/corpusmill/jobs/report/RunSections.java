package corpusmill.jobs.report;

import corpusmill.jobs.flow.StageAccount;

/** What is known of the run. */
record RunSections(RunRecord run) {

    Section times() {
        Table table = new Table("Stage", "Seconds", "CPU seconds", "Records per second", "");
        BarChart chart = new BarChart("Seconds by stage", "kept");
        run.accounts().forEach(account -> {
            table.row(
                    Html.escape(account.name()),
                    Html.seconds(account.seconds()),
                    Html.seconds(account.cpuSeconds()),
                    rate(account),
                    account.reused() ? "of an earlier run" : "");
            chart.bar(account.name(), account.seconds(), Html.seconds(account.seconds()) + " s");
        });
        return new Section("Times", "Of the run that made this dataset.", chart.html(), table);
    }

    Section figures() {
        Table table = new Table("What", "Count");
        run.figures().forEach((what, n) -> table.row(Html.escape(what), Html.count(n)));
        return new Section("Figures of the run", "", table);
    }

    Section clusters() {
        Table table = new Table("Documents in a cluster", "Clusters");
        BarChart chart = new BarChart("Clusters by size", "lost");
        run.clusters().forEach((least, n) -> {
            String sizes = Html.count(least) + " to " + Html.count(2 * least - 1);
            table.row(sizes, Html.count(n));
            chart.bar(sizes + " documents", n, Html.count(n));
        });
        return new Section(
                "Clusters of duplicates",
                "One document of each cluster stays, and all that were removed in its favour belong to it.",
                chart.html(),
                table);
    }

    private static String rate(StageAccount account) {
        return account.seconds() <= 0 ? "" : Html.count(Math.round(account.in() / account.seconds()));
    }
}
