package corpusmill.jobs;

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
import corpusmill.formats.shard.ShardLayout;
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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A whole dataset of two rows of four tokens: document 7 in the first, document 9 and padding in the second. */
final class TinyDataset {

    static final String FINGERPRINT = "0123456789ab";
    private static final String FOLDER = "data/" + FINGERPRINT;
    private static final List<PackedSequence> ROWS = List.of(
            new PackedSequence(new byte[] {1, 0, 2, 0, 3, 0, 9, 0}, new int[] {4}, 0, 4, 0),
            new PackedSequence(new byte[] {4, 0, 9, 0, 0, 0, 0, 0}, new int[] {2, 4}, 0, 2, 0));

    private TinyDataset() {}

    /** Writes and publishes it. */
    static void publish(URI root, TokenizerEntry tokenizer, int seed) {
        Storage storage = Storages.open(root);
        String path = FOLDER + "/train/tokens-000000.arrow";
        ShardSummary[] summary = new ShardSummary[1];
        byte[][] megatron = new byte[1][];
        storage.write(Storages.resolve(root, path), out -> {
            try (ShardWriter writer = new ShardWriter(out, new ShardLayout(4, TokenType.UINT16, 2, 3))) {
                for (PackedSequence row : ROWS) {
                    writer.write(row);
                }
                summary[0] = writer.finish();
                megatron[0] = writer.megatronIndex();
            }
        });
        storage.write(Storages.resolve(root, MegatronIndex.path(path)), out -> out.write(megatron[0]));
        ShardEntry shard = new ShardEntry(path, "train", 0, summary[0]);
        Map<String, String> meta = new LinkedHashMap<>();
        Map<String, String> checksums = new LinkedHashMap<>();
        tables(shard).forEach((schema, rows) -> {
            String table = FOLDER + "/meta/" + schema.name() + ".parquet";
            meta.put(schema.name(), table);
            checksums.put(table, Storages.writeHashed(storage, Storages.resolve(root, table), out -> {
                try (TableWriter writer = new TableWriter(out, schema)) {
                    for (Object[] row : rows) {
                        writer.write(row);
                    }
                }
            }));
        });
        SideFiles.of(manifest(shard, tokenizer, seed, meta, checksums), List.of(shard))
                .forEach((side, text) -> checksums.put(
                        side,
                        Storages.writeHashed(
                                storage,
                                Storages.resolve(root, side),
                                out -> out.write(text.getBytes(StandardCharsets.UTF_8)))));
        ManifestCommit.publish(storage, root, manifest(shard, tokenizer, seed, meta, checksums));
    }

    private static Map<TableSchema, List<Object[]>> tables(ShardEntry shard) {
        FileEntry file =
                new FileEntry(0, "file:///in/a.jsonl", "web", 99, "crc32c:00000000", 3, 2, 1, "{\"TOO_SHORT\":1}");
        Map<TableSchema, List<Object[]>> tables = new LinkedHashMap<>();
        tables.put(TableSchema.SHARDS, List.<Object[]>of(TableRows.of(shard)));
        tables.put(
                TableSchema.DOCUMENTS,
                List.of(
                        TableRows.of(new DocumentPiece(7, "train", 0, 0, 4)),
                        TableRows.of(new DocumentPiece(9, "train", 1, 0, 2))));
        tables.put(TableSchema.FILES, List.<Object[]>of(TableRows.of(file)));
        tables.put(TableSchema.REMOVED, List.<Object[]>of(new Object[] {8L, 7L, "near", 0.875, 7L, 2L}));
        tables.put(TableSchema.REJECTED, List.of());
        return tables;
    }

    private static Manifest manifest(
            ShardEntry shard, TokenizerEntry tokenizer, int seed, Map<String, String> meta, Map<String, String> sums) {
        SplitEntry split = new SplitEntry(2, 6, 2, 2, 1, 2, 2, 8, 4096, FOLDER + "/train/tokens-%06d.arrow");
        return new Manifest(
                Manifest.FORMAT,
                FINGERPRINT,
                RootHash.of(List.of(shard)),
                "",
                "Corpusmill test",
                TokenType.UINT16,
                4,
                0,
                tokenizer,
                new PackingEntry("best-fit", seed),
                new ShuffleEntry(ShuffleEntry.FEISTEL, seed),
                Map.of("train", split),
                List.of(new SourceEntry(0, "web", 2, 6)),
                Map.of("ingest", new LedgerEntry(3, 2, Map.of("TOO_SHORT", 1L))),
                new InputsEntry(1, 99),
                meta,
                sums,
                Map.of("packing.seed", seed));
    }
}
