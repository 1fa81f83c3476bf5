package corpusmill.formats;

import corpusmill.formats.card.DatasetCard;
import corpusmill.formats.card.SideFiles;
import corpusmill.formats.manifest.InputsEntry;
import corpusmill.formats.manifest.LedgerEntry;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestCommit;
import corpusmill.formats.manifest.PackingEntry;
import corpusmill.formats.manifest.RootHash;
import corpusmill.formats.manifest.ShuffleEntry;
import corpusmill.formats.manifest.SourceEntry;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.manifest.TokenizerEntry;
import corpusmill.formats.shard.MegatronIndex;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardSamples;
import corpusmill.formats.shard.ShardSummary;
import corpusmill.formats.shard.ShardWriter;
import corpusmill.formats.shard.TokenType;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.DocumentPiece;
import corpusmill.formats.table.FileEntry;
import corpusmill.formats.table.TableRows;
import corpusmill.formats.table.TableSchema;
import corpusmill.formats.table.TableWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small whole dataset: rows of 16 ids, three shards of training rows and one of validation. */
public final class SampleDataset {

    public static final int LENGTH = 16;
    public static final int VOCABULARY = 500;
    public static final int ROWS_PER_SHARD = 8;
    public static final String FINGERPRINT = "0123456789ab";

    private final Storage storage;
    private final URI root;
    private final TokenType type;
    private final Map<String, List<PackedSequence>> rows = new LinkedHashMap<>();
    private final List<DocumentPiece> pieces = new ArrayList<>();
    private final List<ShardEntry> shards = new ArrayList<>();
    private final Map<String, String> checksums = new LinkedHashMap<>();
    private final Map<String, String> meta = new LinkedHashMap<>();

    private SampleDataset(URI root, TokenType type) {
        this.storage = Storages.open(root);
        this.root = root;
        this.type = type;
        rows.put("train", ShardSamples.rows(1, 2 * ROWS_PER_SHARD + 3, LENGTH, type, VOCABULARY));
        rows.put("validation", ShardSamples.rows(2, 5, LENGTH, type, VOCABULARY));
    }

    /** Writes everything but the manifest. */
    public static SampleDataset write(URI root, TokenType type) {
        SampleDataset dataset = new SampleDataset(root, type);
        dataset.writeFiles();
        return dataset;
    }

    /** Writes and publishes. */
    public static SampleDataset publish(URI root) {
        SampleDataset dataset = write(root, TokenType.UINT16);
        ManifestCommit.publish(dataset.storage, root, dataset.manifest());
        return dataset;
    }

    public List<PackedSequence> rows(String split) {
        return rows.getOrDefault(split, List.of());
    }

    public List<DocumentPiece> pieces() {
        return pieces;
    }

    public List<ShardEntry> shards() {
        return shards;
    }

    private void writeFiles() {
        rows.forEach((split, all) -> {
            for (int shard = 0; shard * ROWS_PER_SHARD < all.size(); shard++) {
                int end = Math.min(all.size(), (shard + 1) * ROWS_PER_SHARD);
                writeShard(split, shard, all.subList(shard * ROWS_PER_SHARD, end));
            }
            for (int row = 0; row < all.size(); row++) {
                addPieces(split, row, all.get(row));
            }
        });
        pieces.sort(Comparator.comparingLong(DocumentPiece::id));
        writeTable(TableSchema.SHARDS, shards.stream().map(TableRows::of).toList());
        writeTable(TableSchema.DOCUMENTS, pieces.stream().map(TableRows::of).toList());
        FileEntry file = new FileEntry(0, "file:///in/a.jsonl", "web", 999, "crc32c:00000000", 90, 80, 10, "{}");
        writeTable(TableSchema.FILES, List.<Object[]>of(TableRows.of(file)));
        writeTable(TableSchema.REMOVED, List.<Object[]>of(new Object[] {5L, 3L, "near", 0.875, 3L, 2L}));
        writeTable(TableSchema.REJECTED, List.of());
        SideFiles.of(manifest(), shards)
                .forEach((path, content) -> checksums.put(
                        path,
                        Storages.writeHashed(storage, Storages.resolve(root, path), out -> out.write(bytes(content)))));
        storage.write(Storages.resolve(root, DatasetCard.NAME), out -> out.write(bytes(DatasetCard.text(manifest()))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void writeShard(String split, int index, List<PackedSequence> part) {
        String path = split(split).path(index);
        ShardSummary[] summary = new ShardSummary[1];
        byte[][] megatron = new byte[1][];
        storage.write(Storages.resolve(root, path), out -> {
            try (ShardWriter writer = new ShardWriter(out, ShardSamples.layout(part, type))) {
                for (PackedSequence row : part) {
                    writer.write(row);
                }
                summary[0] = writer.finish();
                megatron[0] = writer.megatronIndex();
            }
        });
        storage.write(Storages.resolve(root, MegatronIndex.path(path)), out -> out.write(megatron[0]));
        shards.add(new ShardEntry(path, split, index, summary[0]));
    }

    private void addPieces(String split, int row, PackedSequence sequence) {
        int start = 0;
        for (int end : sequence.ends()) {
            if (end <= sequence.valid()) {
                long id = (long) pieces.size() * 7919 % 1009;
                pieces.add(new DocumentPiece(id, split, row, start, end - start));
            }
            start = end;
        }
    }

    private void writeTable(TableSchema schema, List<Object[]> table) {
        String path = "data/" + FINGERPRINT + "/meta/" + schema.name() + ".parquet";
        meta.put(schema.name(), path);
        checksums.put(path, Storages.writeHashed(storage, Storages.resolve(root, path), out -> {
            try (TableWriter writer = new TableWriter(out, schema)) {
                for (Object[] row : table) {
                    writer.write(row);
                }
            }
        }));
    }

    private SplitEntry split(String name) {
        List<PackedSequence> all = rows(name);
        long tokens = all.stream().mapToLong(PackedSequence::valid).sum();
        int count = (all.size() + ROWS_PER_SHARD - 1) / ROWS_PER_SHARD;
        return new SplitEntry(
                all.size(),
                tokens,
                (long) all.size() * LENGTH - tokens,
                pieces.stream().filter(piece -> piece.split().equals(name)).count(),
                count,
                ROWS_PER_SHARD,
                all.size() - (count - 1) * ROWS_PER_SHARD,
                LENGTH * type.bytes(),
                4096,
                "data/" + FINGERPRINT + "/" + name + "/tokens-%06d.arrow");
    }

    /** The manifest of what was written. */
    public Manifest manifest() {
        Map<String, SplitEntry> splits = new LinkedHashMap<>();
        rows.keySet().forEach(name -> splits.put(name, split(name)));
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("threshold", 0.8);
        configuration.put("keep", List.of("source-order", "longest"));
        configuration.put("near", Map.of("enabled", true));
        return new Manifest(
                Manifest.FORMAT,
                FINGERPRINT,
                RootHash.of(shards),
                "",
                "Corpusmill test",
                type,
                LENGTH,
                ShardSamples.PAD,
                new TokenizerEntry("gpt2", "ab".repeat(32), "fast", null, VOCABULARY, "ordinary", List.of(499)),
                new PackingEntry("best-fit", 1),
                new ShuffleEntry(ShuffleEntry.FEISTEL, -1),
                splits,
                List.of(
                        new SourceEntry(0, "web", 30, 200),
                        new SourceEntry(1, "books", 5, 100),
                        new SourceEntry(2, "caf\u00e9 \"\\", 5, 100)),
                Map.of("ingest", new LedgerEntry(90, 80, Map.of("INVALID_JSON", 10L))),
                new InputsEntry(1, 999),
                meta,
                checksums,
                configuration);
    }

    /** For checks by other programs: writes a dataset at the path given. */
    public static void main(String[] arguments) throws IOException {
        publish(Storages.uri(arguments[0]));
    }
}
