package corpusmill.jobs.prepare;

import corpusmill.formats.card.SideFiles;
import corpusmill.formats.manifest.InputsEntry;
import corpusmill.formats.manifest.LedgerEntry;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestCommit;
import corpusmill.formats.manifest.PackingEntry;
import corpusmill.formats.manifest.PublishResult;
import corpusmill.formats.manifest.RootHash;
import corpusmill.formats.manifest.ShuffleEntry;
import corpusmill.formats.manifest.SourceEntry;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.manifest.TokenizerEntry;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardLayout;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.TableSchema;
import corpusmill.jobs.config.PackingConfig;
import corpusmill.jobs.config.ShardsConfig.Archive;
import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.prepare.Packing.Share;
import corpusmill.jobs.report.RunRecord;
import corpusmill.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Everything beside the shards, and the manifest last. Nothing in the manifest tells when, where or how fast a run was:
 * the same input and configuration give the same bytes.
 */
record Publication(Run run, Ingestion ingested, Deduplication deduplicated, Packing packed, Writing written) {

    /**
     * Publishes the dataset, then writes its pages.
     *
     * @param accounts of the stages
     * @param record what the report tells of the run, asked for when all else is written
     */
    PublishResult publish(List<StageAccount> accounts, Supplier<RunRecord> record) {
        if (run.isPublished()) { // by another run, while this one worked
            return PublishResult.ALREADY_THERE;
        }
        Map<String, String> meta = new LinkedHashMap<>();
        for (TableSchema table : TableSchema.ALL) {
            if (!table.equals(TableSchema.EARLIER) || !run.earlier().isEmpty()) {
                meta.put(table.name(), path(table));
            }
        }
        if (run.config().shards().archive() != Archive.NONE) {
            meta.put(TableSchema.ARCHIVE.name(), path(TableSchema.ARCHIVE));
        }
        SortedMap<String, String> checksums = new MetaTables(run, meta).write(ingested, deduplicated, packed, written);
        Manifest bare = manifest(accounts, meta, Map.of());
        SideFiles.of(bare, written.shards()).forEach((path, text) -> checksums.put(path, write(path, text)));
        Manifest manifest = manifest(accounts, meta, checksums);
        PublishResult result =
                ManifestCommit.publish(run.storage(), run.config().output(), manifest);
        // Card and report lie where every dataset of this root would put them: only the winner may write them.
        Pages.write(run, manifest, record.get());
        return result;
    }

    private String path(TableSchema table) {
        return run.directory() + "/meta/" + table.name() + ".parquet";
    }

    private String write(String path, String text) {
        return Storages.writeHashed(
                run.storage(),
                Storages.resolve(run.config().output(), path),
                out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Manifest manifest(List<StageAccount> accounts, Map<String, String> meta, Map<String, String> checksums) {
        PackingConfig packing = run.config().packing();
        return new Manifest(
                Manifest.FORMAT,
                run.fingerprints().dataset(),
                RootHash.of(written.shards()),
                "",
                PrepareJob.CREATED_BY,
                run.tokenType(),
                packing.sequenceLength(),
                run.padId(),
                tokenizer(),
                new PackingEntry(word(packing.mode()), packing.seed()),
                new ShuffleEntry(ShuffleEntry.FEISTEL, packing.seed()),
                splits(),
                sources(),
                ledger(accounts),
                new InputsEntry(run.input().files().size(), run.input().bytes()),
                meta,
                checksums,
                nested(run.values()));
    }

    /** Dotted keys as objects in objects, as in the job file. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> nested(SortedMap<String, Object> values) {
        Map<String, Object> root = new TreeMap<>();
        values.forEach((key, value) -> {
            String[] names = key.split("\\.", -1);
            Map<String, Object> object = root;
            for (int i = 0; i < names.length - 1; i++) {
                object = (Map<String, Object>) object.computeIfAbsent(names[i], name -> new TreeMap<String, Object>());
            }
            object.put(names[names.length - 1], value);
        });
        return root;
    }

    private TokenizerEntry tokenizer() {
        Tokenizer loaded = run.loadTokenizer();
        return new TokenizerEntry(
                run.tokenizer().name(),
                run.tokenizer().fingerprint(),
                word(loaded.engine()),
                loaded.whyNotFast().orElse(null),
                run.tokenizer().vocabularySize(),
                word(run.config().tokenizer().specialTokens()),
                Arrays.stream(run.append()).boxed().toList());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Map<String, SplitEntry> splits() {
        Map<String, SplitEntry> splits = new TreeMap<>();
        long rowsPerShard = written.stage().layout().rowsPerShard();
        Map<String, List<ShardEntry>> bySplit = new TreeMap<>();
        written.shards()
                .forEach(shard -> bySplit.computeIfAbsent(shard.split(), name -> new java.util.ArrayList<>())
                        .add(shard));
        bySplit.forEach((name, shards) -> splits.put(
                name,
                new SplitEntry(
                        shards.stream()
                                .mapToLong(shard -> shard.summary().rows())
                                .sum(),
                        shards.stream()
                                .mapToLong(shard -> shard.summary().tokens())
                                .sum(),
                        shards.stream()
                                .mapToLong(shard -> shard.summary().pad())
                                .sum(),
                        packed.shares().stream()
                                .filter(share -> share.split().equals(name))
                                .mapToLong(Share::documents)
                                .sum(),
                        shards.size(),
                        rowsPerShard,
                        shards.get(shards.size() - 1).summary().rows(),
                        run.config().packing().sequenceLength()
                                * run.tokenType().bytes(),
                        ShardLayout.TOKEN_OFFSET,
                        run.directory() + "/" + name + "/tokens-%06d.arrow")));
        return splits;
    }

    private List<SourceEntry> sources() {
        List<String> names = run.input().sources();
        return java.util.stream.IntStream.range(0, names.size())
                .mapToObj(id -> {
                    List<Share> shares = packed.shares().stream()
                            .filter(share -> share.source() == id)
                            .toList();
                    return new SourceEntry(
                            id,
                            names.get(id),
                            shares.stream().mapToLong(Share::documents).sum(),
                            shares.stream().mapToLong(Share::tokens).sum());
                })
                .toList();
    }

    private static Map<String, LedgerEntry> ledger(List<StageAccount> accounts) {
        Map<String, LedgerEntry> ledger = new LinkedHashMap<>();
        accounts.forEach(
                account -> ledger.put(account.name(), new LedgerEntry(account.in(), account.out(), account.dropped())));
        return ledger;
    }
}
