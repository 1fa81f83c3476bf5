package corpusmill.jobs.prepare;

import corpusmill.formats.manifest.PublishResult;
import corpusmill.jobs.config.PrepareConfig;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.PackedRow;
import corpusmill.jobs.flow.RemovedDocument;
import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.report.RunDetails;
import corpusmill.jobs.report.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;

/**
 * The flow, from files to a published dataset. Each step reuses what an earlier run finished, and accounts for every
 * document.
 *
 * <pre>
 *  files ─ingest─▶ documents ─exact─▶ ─near─▶ kept ─tokenize─▶ ─pack─▶ sequences ─write─▶ shards ─commit─▶ manifest
 * </pre>
 */
public final class PrepareJob {

    /** What the manifest says made a dataset. */
    public static final String CREATED_BY = "corpusmill 0.1.0";

    private final PrepareConfig config;
    private final RunProgress progress;
    private final String command;
    private final List<StageAccount> accounts = new ArrayList<>();
    private final RequestMeter requests = new RequestMeter();

    /**
     * A job.
     *
     * @param progress is told how it goes on
     */
    public PrepareJob(PrepareConfig config, RunProgress progress) {
        this(config, progress, "");
    }

    /**
     * A job that a command asked for.
     *
     * @param progress is told how it goes on
     * @param command what the report says to repeat it
     */
    public PrepareJob(PrepareConfig config, RunProgress progress, String command) {
        this.config = config;
        this.progress = progress;
        this.command = command;
    }

    /** What a job says of how stores are reached, by Hadoop's names. */
    public static Map<String, String> storeSettings(PrepareConfig config) {
        return Sessions.hadoop(config.spark());
    }

    /**
     * Runs up to a stage, that one included.
     *
     * @throws corpusmill.formats.CorpusException for what is not a defect
     */
    public PrepareResult run(StageName until) {
        try (Run run = Run.open(config, progress)) {
            boolean published = run.isPublished();
            if (published) {
                run.manifest().ifPresent(manifest -> Pages.complete(run, manifest));
                accounts.addAll(run.publishedAccounts());
                requests.charge("look");
            } else {
                requests.charge("look");
                flow(run, until);
            }
            return new PrepareResult(
                    config.output(), run.fingerprints().dataset(), published, accounts, requests.stages());
        }
    }

    /** Looks at input, work folder and output; writes nothing, starts no Spark. */
    public Plan plan() {
        try (Run run = Run.open(config, account -> {})) {
            return Plan.of(run);
        }
    }

    private void flow(Run run, StageName until) {
        run.start();
        Ingestion ingested = Ingestion.of(run);
        account(ingested.account());
        ingested.checkBudget();
        if (until == StageName.INGEST) {
            return;
        }
        Dataset<Document> documents = ingested.documents();

        Deduplication deduplicated = Deduplication.of(run, ingested);
        List<StageAccount> removals = deduplicated.accounts(ingested.account().out());
        requests.charge("deduplicate");
        removals.forEach(this::account);
        if (until == StageName.DEDUPLICATE) {
            return;
        }
        Dataset<RemovedDocument> removed = deduplicated.removed();
        Dataset<Document> kept = Deduplication.kept(documents, removed);

        long survivors = removals.get(1).out();
        Packing packed = Packing.of(run, kept, survivors, ingested.textBytes());
        account(packed.account(survivors));
        packed.checkEvidence(removed);
        if (until == StageName.TOKENIZE) {
            return;
        }
        Dataset<PackedRow> rows = packed.rows();

        Writing written = Writing.of(run, rows);
        account(written.account(packed.sequences()));
        Map<String, Long> figures = new LinkedHashMap<>(deduplicated.figures());
        figures.put("special tokens spelled in ordinary text", packed.specials());
        Observations seen = new Observations(run);
        RunDetails details = new RunDetails(
                seen.lengths(rows),
                seen.scripts(deduplicated.sample().orElseGet(ingested::sample)),
                deduplicated.curve(),
                seen.examples(removed, deduplicated.withEarlier(documents)),
                command);
        PublishResult published = new Publication(run, ingested, deduplicated, packed, written)
                .publish(accounts, () -> {
                    requests.charge("publish");
                    return new RunRecord(
                            accounts,
                            figures,
                            deduplicated.clusters(),
                            deduplicated.recall(),
                            requests.stages(),
                            details);
                });
        requests.charge("publish");
        run.note(published);
    }

    private void account(StageAccount account) {
        accounts.add(account.check());
        requests.charge(account.name());
        progress.ended(account);
    }
}
