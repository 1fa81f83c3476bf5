package corpusmill.jobs.prepare;

import corpusmill.formats.card.DatasetCard;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.report.ReportPage;
import corpusmill.jobs.report.RunRecord;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The pages of a published dataset: its card and its report. */
final class Pages {

    private Pages() {}

    /** Writes both, from the manifest that was published. */
    static void write(Run run, Manifest manifest, RunRecord record) {
        write(run, DatasetCard.NAME, DatasetCard.text(manifest));
        write(run, ReportPage.NAME, new ReportPage(manifest, record).html());
    }

    /** Writes those that a run, killed behind its commit, left out. */
    static void complete(Run run, Manifest manifest) {
        if (run.storage().stat(place(run, DatasetCard.NAME)).isEmpty()) {
            write(run, DatasetCard.NAME, DatasetCard.text(manifest));
        }
        if (run.storage().stat(place(run, ReportPage.NAME)).isEmpty()) {
            write(run, ReportPage.NAME, new ReportPage(manifest, RunRecord.NONE).html());
        }
    }

    private static void write(Run run, String name, String text) {
        run.storage().write(place(run, name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static URI place(Run run, String name) {
        return Storages.resolve(run.config().output(), name);
    }
}
