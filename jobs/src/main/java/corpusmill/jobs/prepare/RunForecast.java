package corpusmill.jobs.prepare;

import corpusmill.formats.shard.ShardLayout;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.config.InputConfig;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.config.PackingConfig;
import corpusmill.jobs.dedup.near.LshBands;
import corpusmill.jobs.dedup.recall.RecallStage;
import corpusmill.jobs.flow.SourceFile;
import corpusmill.jobs.ingest.IngestStage;
import corpusmill.jobs.prepare.StoreForecast.Table;
import corpusmill.jobs.shard.WriteShardsStage.RowLayout;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run will read and write, stage by stage in the order of {@link PrepareJob}: which tables of the work folder it
 * writes, in how many files of what size, and how often its queries scan each. Sizes come from {@link InputFigures}, the
 * number of files from how the stages cut their work and from how Spark joins small partitions; what each costs in
 * requests is {@link StoreForecast}'s.
 *
 * <p>How often a table is scanned stands here once for every query of a run, as Spark plans them where joins are
 * broadcast; a sort into several partitions scans its input once more, for the bounds of its ranges. What depends on
 * the outcome is left out: buckets too large to compare whole, rounds of a large decision, documents that the tokenizer
 * drops. Neither are earlier datasets in it, nor a retry. On a cluster each executor keeps its own copies of small objects, so there are more GETs.
 */
final class RunForecast {

    private static final long FOOTER = 1_500;
    private static final long SMALLEST_PARTITION = 1 << 20;
    private static final long LARGEST_PARTITION = 64 << 20;
    private static final int SAMPLED_FILES = 16;

    private final Run run;
    private final InputFigures in;
    private final StoreForecast stores;
    private final int cores;
    private final int partitions;
    private final boolean adaptive;
    private final IngestStage ingest;
    private final boolean near;
    private final Map<String, Table> tables = new HashMap<>();
    /** The table with the hashes of the texts. */
    private final String hashes;

    private RunForecast(Run run, InputFigures in) {
        this.run = run;
        this.in = in;
        this.cores = Sessions.cores(run.config().spark());
        this.partitions = Sessions.shufflePartitions(run.config().spark(), run.inputBytes());
        this.adaptive = Sessions.isAdaptive(run.config().spark(), run.inputBytes());
        this.stores = new StoreForecast(cores);
        this.ingest = Ingestion.stage(run);
        this.near = run.config().deduplication().near().enabled();
        boolean normalized = run.config().deduplication().exact() == Exact.NORMALIZED;
        this.hashes = normalized ? "hashes" : Ingestion.name(run);
    }

    /** Of a run whose dataset is not there yet: looks into the input, and at what is in the work folder. */
    static Forecast of(Run run) {
        return new RunForecast(run, InputProbe.of(run, Ingestion.stage(run))).make();
    }

    /** Of a run whose dataset is there. */
    static Forecast ofPublished(Run run) {
        RunForecast forecast = new RunForecast(run, new InputFigures(0));
        forecast.look();
        forecast.stores.ask(run.config().output(), "HeadObject", 3 + 2 + 2); // of the manifest, of both pages
        forecast.stores.ask(run.config().output(), "GetObject", 3);
        return forecast.stores.forecast();
    }

    private Forecast make() {
        look();
        stores.ask(run.config().output(), "HeadObject", 1);
        stores.charge("ingest");
        ingest();
        stores.charge("deduplicate");
        deduplicate();
        stores.charge("tokenize");
        tokenize();
        stores.charge("write");
        List<Split> splits = write();
        stores.charge("publish");
        publish(splits);
        return stores.forecast();
    }

    // A folder is looked at twice before it is listed, a pattern once more.
    private void look() {
        for (InputConfig entry : run.config().input()) {
            URI place = Storages.uri(entry.path());
            List<SourceFile> files = run.input().files().stream()
                    .filter(file -> file.uri().equals(entry.path()))
                    .toList();
            if (!files.isEmpty()) {
                stores.ask(place, "HeadObject", 2);
                continue;
            }
            boolean pattern = entry.path().matches(".*[*?\\[{].*");
            stores.ask(place, "HeadObject", pattern ? 3 : 2);
            stores.ask(place, "ListObjectsV2", pattern ? 4 : 3);
        }
    }

    private void ingest() {
        List<SourceFile> files = run.input().files();
        long bytes = (long) (in.storedRatio * in.text()
                + 0.6 * in.keyBytes
                + 31 * in.documents // their ids, and the hashes of their texts
                + in.rejectedBytes / 2
                + 120 * in.rejected);
        int tasks = ingest.tasks(files);
        if (!result(Ingestion.name(run), run.fingerprints().ingest(), tasks, bytes)) {
            files.forEach(file -> stores.readInput(URI.create(file.uri()), file.bytes()));
        }
        scan(Ingestion.name(run), 1, 0.1);
        if (in.rejected > 0 && run.config().ingest().quarantine()) {
            if (!result("quarantine", run.fingerprints().ingest(), 1, (long) (300 * in.rejected) + FOOTER)) {
                scan(Ingestion.name(run), 1, 0.1);
                stores.put(run.config().work(), Math.round(in.rejectedFiles), (long)
                        (in.rejectedBytes / Math.max(1, in.rejectedFiles)));
            }
        }
    }

    private void deduplicate() {
        String exactPrint = run.fingerprints().exact();
        String nearPrint = run.fingerprints().near();
        String documents = Ingestion.name(run);
        int maps = stores.tasks(table(documents));
        long identical = (long) (14 * in.identical) + FOOTER;
        if (!hashes.equals(documents) && !result(hashes, exactPrint, maps, (long) (24 * in.documents) + FOOTER)) {
            scan(documents, 1, 1);
        }
        if (!result("exact", exactPrint, joined(24 * in.documents), identical)
                && run.config().deduplication().exact() != Exact.FALSE) {
            scan(hashes, 2, ofHashes());
        }
        if (!near) {
            if (!result("removed", nearPrint, 1, identical + (long) (10 * in.identical))) {
                scan("exact", 2, 1);
            }
            scan("removed", 1, 0.2);
            return;
        }
        scan("exact", 1, 0.2);
        NearConfig config = run.config().deduplication().near();
        double keys = (in.documents - in.identical)
                * LshBands.of(config.threshold(), config.recall()).bands();
        double pairs = 1.3 * in.similar;
        if (!result("band-keys", nearPrint, maps, (long) (8 * keys + 20 * in.documents + drawnBytes()) + FOOTER)) {
            scan("exact", 1, 1);
            scan(documents, 1, 1);
        }
        double met = 2 * in.similar * keys / Math.max(1, in.documents);
        if (!result("members", nearPrint, joined(32 * keys), (long) (5 * met) + FOOTER)) {
            scan("band-keys", 1, 1);
        }
        scan("members", 1, 0.2);
        if (!result("candidates", nearPrint, joined(48 * met), (long) (30 * pairs) + FOOTER)) {
            scan("members", 2, 1);
        }
        scan("candidates", 1, 0.1);
        if (!result("pairs", nearPrint, joined(4 * in.similar * meanText()), (long) (30 * pairs) + FOOTER)) {
            scan("candidates", 5, 1);
            scan("exact", 1, 1);
            scan(documents, 2, 1);
        }
        scan("pairs", 1, 0.1);
        if (!result("decided", nearPrint, 1, (long) (20 * in.similar) + FOOTER)) {
            scan("pairs", 1, 1);
        }
        double removed = in.identical + in.similar;
        // The removals of both kinds side by side, joined with the sizes of their clusters where they are.
        int kinds = joined(24 * in.identical) + joined(40 * in.similar);
        if (!result("removed", nearPrint, kinds, (long) (30 * removed) + FOOTER)) {
            scan("exact", 2, 1);
            scan("decided", 4, 1);
        }
        scan("removed", 1, 0.2);
    }

    /** Share of the hashes in the table that has them. */
    private double ofHashes() {
        return Math.min(1, 24 * in.documents / Math.max(1, table(hashes).bytes()));
    }

    /** Stored size of the texts that are kept beside their band keys. */
    private double drawnBytes() {
        long distinct = (long) (in.documents - in.identical);
        RecallStage recall = RecallStage.usual(run.config().deduplication().near());
        return in.storedRatio * meanText() * recall.drawn(distinct);
    }

    private double meanText() {
        return in.text() / Math.max(1, in.documents);
    }

    private void tokenize() {
        int width = run.tokenType().bytes();
        double ratio = run.work().isHere() ? 1 : in.tokenRatio;
        long bytes = (long) (ratio * width * in.keptTokens() + 14 * in.keptDocuments());
        int files = Packing.stage(
                        run, Arrays.stream(in.textBytes).mapToLong(Math::round).toArray())
                .files();
        if (!result("packed", run.fingerprints().pack(), files, bytes + FOOTER * files)) {
            scan(Ingestion.name(run), 1, 1);
            scan("removed", 1, 0.2);
        }
        scan("packed", 1, 0.1);
    }

    /**
     * A split of the dataset.
     *
     * @param shards how many
     * @param documents that start in them
     */
    private record Split(long shards, double documents) {}

    private List<Split> write() {
        scan("packed", 2, 0.1);
        scan("packed", 1, 1);
        URI notes = run.config().work();
        stores.ask(notes, "HeadObject", 1);
        stores.ask(notes, "ListObjectsV2", 1);
        return java.util.stream.IntStream.of(0, 1)
                .mapToObj(this::split)
                .filter(split -> split.shards() > 0)
                .toList();
    }

    private Split split(int split) {
        PackingConfig packing = run.config().packing();
        RowLayout layout = RowLayout.of(
                packing.sequenceLength(),
                run.tokenType(),
                run.config().shards().targetSize().bytes());
        double documents = Arrays.stream(in.kept[split]).sum();
        long rows = 0;
        for (int source = 0; source < in.kept[split].length; source++) {
            rows += (long) Math.ceil(
                    packing.mode() == PackingConfig.Mode.DOCUMENT
                            ? in.rowsAlone[split][source]
                            : in.tokens[split][source] / packing.sequenceLength());
        }
        long shards = (rows + layout.rowsPerShard() - 1) / layout.rowsPerShard();
        for (long shard = 0; shard < shards; shard++) {
            long some = Math.min(layout.rowsPerShard(), rows - shard * layout.rowsPerShard());
            long ends =
                    Math.max(some, Math.min(some * packing.sequenceLength(), (long) (some * (1 + documents / rows))));
            stores.put(
                    run.config().output(),
                    1,
                    new ShardLayout(packing.sequenceLength(), run.tokenType(), some, ends).bytes());
            stores.put(run.config().output(), 1, 42 + 20 * some);
            stores.put(run.config().work(), 1, 450);
        }
        return new Split(shards, documents);
    }

    private void publish(List<Split> splits) {
        String documents = Ingestion.name(run);
        int bounds = partitions > 1 ? 1 : 0; // of the ranges of a sort
        scan("packed", 5 + 2 * bounds, 0.1);
        scan(documents, 1 + bounds, 0.1);
        if (near) {
            scan(documents, 1, 1);
            scan("pairs", 1, 1);
            scan("band-keys", 4, 1);
        } else {
            int sampled = Math.min(SAMPLED_FILES, table(documents).files());
            scan(
                    new Table(
                            documents,
                            table(documents).place(),
                            sampled,
                            sampled * table(documents).fileBytes()),
                    1,
                    1);
        }
        scan(hashes, 1 + bounds, ofHashes());
        scan("removed", 4 + bounds, 0.5);
        URI output = run.config().output();
        stores.ask(output, "HeadObject", 1);
        int width = near
                ? Long.BYTES
                        * LshBands.of(
                                        run.config().deduplication().near().threshold(),
                                        run.config().deduplication().near().recall())
                                .bands()
                : 0;
        double kept = in.keptDocuments();
        stores.put(output, 1, (long) (width * kept + 20 * kept) + 2_000);
        stores.put(output, 1, (long) (9 * kept) + 2_000);
        stores.put(output, 1, (long) (14 * (in.identical + in.similar)) + 2_000);
        stores.put(output, 1, (long) (60 * in.rejected) + 1_500);
        stores.put(output, 2, 3_000); // shards and files
        stores.put(output, 3L * splits.size(), 500);
        stores.put(
                output,
                1,
                5_000 + 150 * splits.stream().mapToLong(Split::shards).sum());
        stores.put(output, 1, 2_300); // the card
        stores.put(output, 1, 45_000); // the report
        if (near) {
            scan("band-keys", 1, 1);
            if (!result("recall-pairs", run.fingerprints().near(), stores.tasks(table("band-keys")), FOOTER)) {
                scan("band-keys", 1, 1);
            }
            scan("recall-pairs", 1, 1);
            scan("removed", 1, 0.5);
        }
    }

    /** Files that Spark makes of what is shuffled: where it plans anew, it joins partitions that are small. */
    private int joined(double bytes) {
        if (!adaptive) {
            return partitions;
        }
        double size = Math.max(SMALLEST_PARTITION, Math.min(LARGEST_PARTITION, bytes / cores));
        return (int) Math.max(1, Math.min(partitions, Math.ceil(bytes / size)));
    }

    /** Adds a result, and says whether it is there already. */
    private boolean result(String name, String fingerprint, int files, long bytes) {
        Optional<StageResult> there = run.work().find(name, fingerprint);
        URI place = run.work().directory(name, fingerprint);
        Table table = there.map(result -> new Table(
                        name,
                        place,
                        result.files().size(),
                        result.files().stream().mapToLong(StageFile::bytes).sum()))
                .orElse(new Table(name, place, files, Math.max(bytes, FOOTER)));
        tables.put(name, table);
        if (there.isPresent()) {
            stores.find(table);
        } else {
            stores.write(table);
        }
        return there.isPresent();
    }

    private Table table(String name) {
        @Nullable Table table = tables.get(name);
        return Objects.requireNonNull(table, name);
    }

    private void scan(String name, int times, double share) {
        scan(table(name), times, share);
    }

    private void scan(Table table, int times, double share) {
        stores.scan(table, times, share);
    }
}
