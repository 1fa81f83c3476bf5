package corpusmill.jobs;

import corpusmill.formats.ConfigException;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.config.PrepareConfig;
import corpusmill.jobs.flow.SourceFile;
import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.prepare.Plan;
import corpusmill.jobs.prepare.PrepareJob;
import corpusmill.jobs.prepare.PrepareResult;
import corpusmill.jobs.prepare.RunProgress;
import corpusmill.jobs.prepare.StageName;
import corpusmill.jobs.report.ReportPage;
import corpusmill.jobs.report.RunRecord;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The jobs on Spark. */
final class SparkJobs implements Jobs {

    private static final String MASTER = "corpusmill.master"; // read by the sessions of a run

    /** Makes runs take the session that is there already for what it is: where its Spark runs is not theirs to say. */
    static void takeSession() {
        SparkSession.getDefaultSession().foreach(session -> {
            System.setProperty(MASTER, session.sparkContext().master());
            return null;
        });
    }

    /** Lets the executors go, if any were asked for; before the process ends, or Spark takes them for lost. */
    static void stop() {
        SparkSession.getDefaultSession().foreach(session -> {
            session.stop();
            return null;
        });
    }

    @Override
    public RunSummary prepare(PrepareConfig config, RunOptions options) {
        StageName until = options.untilStage()
                .map(stage -> StageName.valueOf(stage.toUpperCase(Locale.ROOT)))
                .orElse(StageName.WRITE);
        RunProgress progress = new RunProgress() {
            @Override
            public void ended(StageAccount account) {
                options.progress().line(SummaryText.line(summary(account)));
            }

            @Override
            public void tasks(String step, long done, long all) {
                options.progress().tasks(step, done, all);
            }
        };
        PrepareResult result = new PrepareJob(config, progress, options.command()).run(until);
        return new RunSummary(
                result.dataset().toString(),
                result.fingerprint(),
                result.upToDate(),
                result.stages().stream().map(SparkJobs::summary).toList(),
                result.requests());
    }

    private static StageSummary summary(StageAccount account) {
        return new StageSummary(
                account.name(),
                account.in(),
                account.out(),
                account.dropped(),
                account.seconds(),
                account.cpuSeconds(),
                account.reused());
    }

    @Override
    public PlanSummary plan(PrepareConfig config) {
        Plan plan = new PrepareJob(config, account -> {}).plan();
        List<PlanSummary.Source> sources = new ArrayList<>();
        for (int source = 0; source < plan.sources().size(); source++) {
            int index = source;
            LongSummaryStatistics sizes = plan.files().stream()
                    .filter(file -> file.source() == index)
                    .mapToLong(SourceFile::bytes)
                    .summaryStatistics();
            sources.add(new PlanSummary.Source(plan.sources().get(source), sizes.getCount(), sizes.getSum()));
        }
        List<PlanSummary.Step> steps = new ArrayList<>();
        plan.stages().forEach((stage, reused) -> steps.add(new PlanSummary.Step(stage, reused)));
        return new PlanSummary(
                config.output().toString(),
                plan.fingerprint(),
                plan.upToDate(),
                plan.earlier(),
                sources,
                steps,
                plan.forecast().bytesWritten(),
                plan.forecast().bytesRead(),
                plan.forecast().total(),
                plan.forecast().requests());
    }

    @Override
    public URI report(URI dataset, Map<String, String> settings) {
        Storage storage = Storages.open(dataset, settings);
        URI uri = Storages.resolve(dataset, Manifest.NAME);
        if (storage.stat(uri).isEmpty()) {
            throw new ConfigException("there is no dataset at " + dataset + ": " + Manifest.NAME
                    + " is missing; name the root of a published dataset");
        }
        Manifest manifest = ManifestParser.parse(storage.readAll(uri), uri.toString());
        URI page = Storages.resolve(dataset, ReportPage.NAME);
        RunRecord run = storage.stat(page).isEmpty()
                ? RunRecord.NONE
                : RunRecord.in(new String(storage.readAll(page), StandardCharsets.UTF_8));
        byte[] html = new ReportPage(manifest, run).html().getBytes(StandardCharsets.UTF_8);
        storage.write(page, out -> out.write(html));
        return page;
    }
}
