package corpusmill.formats.verify;

import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.RootHash;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.shard.ShardDigest;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.storage.StoredFile;
import corpusmill.formats.table.ArchiveEntry;
import corpusmill.formats.table.TableReader;
import corpusmill.formats.table.TableRows;
import corpusmill.formats.table.TableSchema;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Verifies everything behind a manifest: the table of shards, the shards it lists, then the other files. */
final class TableVerification {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Storage storage;
    private final URI root;
    private final Manifest manifest;
    private final Depth depth;
    private final Findings findings;

    TableVerification(Storage storage, URI root, Manifest manifest, Depth depth, Findings findings) {
        this.storage = storage;
        this.root = root;
        this.manifest = manifest;
        this.depth = depth;
        this.findings = findings;
    }

    void run() {
        Map<String, Boolean> intact = new HashMap<>();
        String shardsPath = manifest.meta().get(TableSchema.SHARDS.name());
        String archivePath = manifest.meta().get(TableSchema.ARCHIVE.name());
        manifest.checksums().forEach((path, sha256) -> {
            boolean read = depth == Depth.FULL || path.equals(shardsPath) || path.equals(archivePath);
            intact.put(path, Boolean.TRUE.equals(findings.guard(path, () -> checkFile(path, sha256, read))));
        });
        List<ShardEntry> shards = null;
        for (TableSchema schema : TableSchema.ALL) {
            String path = manifest.meta().get(schema.name());
            if (path == null) {
                findings.add(Finding.Kind.MISSING, Manifest.NAME, "the manifest names no table " + schema.name());
            } else if (intact.getOrDefault(path, true)) {
                // A table whose bytes are wrong is not parsed: a damaged length could ask for any amount of memory.
                if (schema.equals(TableSchema.SHARDS)) {
                    shards = shards(path);
                } else if (depth == Depth.FULL) {
                    checkTable(schema, path);
                }
            }
        }
        checkShards(shards, shardsPath);
        if (archivePath != null && intact.getOrDefault(archivePath, true)) {
            checkArchive(archivePath);
        }
    }

    /** The files of the archive, and that they have the rows of the splits. */
    private void checkArchive(String tablePath) {
        Map<String, Long> counted = new TreeMap<>();
        boolean whole = rows(TableSchema.ARCHIVE, tablePath, row -> {
            ArchiveEntry file = TableRows.archived(row);
            counted.merge(file.split(), file.rows(), Long::sum);
            findings.guard(file.path(), () -> checkArchived(file));
        });
        Map<String, Long> expected = new TreeMap<>();
        manifest.splits().forEach((name, split) -> expected.put(name, split.rows()));
        if (whole && !counted.equals(expected)) {
            findings.add(
                    Finding.Kind.WRONG_COUNT,
                    tablePath,
                    "the splits have rows " + expected + " in the manifest but " + counted + " in the archive");
        }
    }

    private boolean checkArchived(ArchiveEntry file) {
        Optional<StoredFile> found = storage.stat(Storages.resolve(root, file.path()));
        if (found.isPresent() && found.get().bytes() != file.bytes()) {
            findings.add(
                    found.get().bytes() < file.bytes() ? Finding.Kind.TRUNCATED : Finding.Kind.WRONG_SIZE,
                    file.path(),
                    "the file " + file.path() + " has " + found.get().bytes() + " bytes but " + file.bytes()
                            + " were written");
            return false;
        }
        return checkFile(file.path(), file.sha256(), depth == Depth.FULL);
    }

    private boolean checkFile(String path, String sha256, boolean content) {
        Optional<StoredFile> file = storage.stat(Storages.resolve(root, path));
        if (file.isEmpty()) {
            findings.add(Finding.Kind.MISSING, path, "the file " + path + " is missing");
            return false;
        }
        if (!content) {
            return true;
        }
        String found = sha256(file.get());
        if (!found.equals(sha256)) {
            findings.add(
                    Finding.Kind.WRONG_CHECKSUM,
                    path,
                    "the SHA-256 of " + path + " is " + found + " but " + sha256 + " was written");
        }
        return found.equals(sha256);
    }

    private String sha256(StoredFile file) {
        ShardDigest digest = new ShardDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = storage.open(file.uri())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new corpusmill.formats.StorageException(
                    "cannot read " + file.uri() + ": " + e.getMessage() + "; try again", e);
        }
        findings.read(digest.bytes());
        return digest.sha256();
    }

    /** The shards of the table, by split and in the order of the table; null if it cannot be read. */
    private @Nullable List<ShardEntry> shards(String path) {
        List<ShardEntry> shards = new ArrayList<>();
        Map<String, Integer> next = new HashMap<>();
        boolean whole = rows(TableSchema.SHARDS, path, row -> {
            String split = (String) row[1];
            shards.add(TableRows.shard(row, next.merge(split, 1, Integer::sum) - 1));
        });
        return whole ? shards : null;
    }

    private void checkTable(TableSchema schema, String path) {
        if (schema.equals(TableSchema.DOCUMENTS)) {
            PieceCounts counts = new PieceCounts(manifest);
            if (rows(schema, path, row -> counts.add(TableRows.piece(row)))) {
                counts.problems().forEach(problem -> findings.add(Finding.Kind.WRONG_COUNT, path, problem));
            }
        } else {
            rows(schema, path, row -> {});
        }
    }

    private boolean rows(TableSchema schema, String path, Consumer<Object[]> each) {
        Boolean whole = findings.guard(path, () -> {
            try (TableReader reader = TableReader.open(storage, Storages.resolve(root, path), schema)) {
                reader.forEachRemaining(each);
                return true;
            } catch (DamagedDatasetException e) {
                findings.add(Finding.Kind.BAD_TABLE, path, String.valueOf(e.getMessage()));
                return false;
            }
        });
        return Boolean.TRUE.equals(whole);
    }

    private void checkShards(@Nullable List<ShardEntry> shards, @Nullable String tablePath) {
        ShardVerification verification = new ShardVerification(storage, root, manifest, depth, findings);
        if (shards == null || tablePath == null) {
            manifest.splits().forEach((name, split) -> {
                for (int index = 0; index < split.shards(); index++) {
                    verification.check(split.path(index), split, index, null);
                }
            });
            return;
        }
        checkCounts(shards, tablePath);
        String rootHash = RootHash.of(shards);
        if (!rootHash.equals(manifest.rootHash())) {
            findings.add(
                    Finding.Kind.WRONG_ROOT_HASH,
                    Manifest.NAME,
                    "the manifest has the root hash " + manifest.rootHash() + " but the listed shards have "
                            + rootHash);
        }
        for (ShardEntry shard : shards) {
            SplitEntry split = manifest.splits().get(shard.split());
            if (split != null && shard.index() < split.shards()) {
                verification.check(split.path(shard.index()), split, shard.index(), shard);
            }
        }
    }

    /** The table of shards against the manifest's counts. */
    private void checkCounts(List<ShardEntry> shards, String tablePath) {
        Map<String, long[]> sums = new LinkedHashMap<>();
        for (ShardEntry shard : shards) {
            long[] sum = sums.computeIfAbsent(shard.split(), name -> new long[4]);
            sum[0]++;
            sum[1] += shard.summary().rows();
            sum[2] += shard.summary().tokens();
            sum[3] += shard.summary().pad();
            SplitEntry split = manifest.splits().get(shard.split());
            String expected = split == null ? "nothing" : split.path(shard.index());
            if (!shard.path().equals(expected)) {
                findings.add(
                        Finding.Kind.WRONG_COUNT,
                        tablePath,
                        "the table lists " + shard.path() + " where the manifest has " + expected);
            }
        }
        manifest.splits().forEach((name, split) -> {
            long[] sum = sums.getOrDefault(name, new long[4]);
            List<Long> listed = List.of(sum[0], sum[1], sum[2], sum[3]);
            List<Long> counted = List.of((long) split.shards(), split.rows(), split.tokens(), split.padTokens());
            if (!listed.equals(counted)) {
                findings.add(
                        Finding.Kind.WRONG_COUNT,
                        tablePath,
                        "the split " + name + " has shards, rows, tokens, padding " + counted + " in the manifest but "
                                + listed + " in the table of shards");
            }
        });
    }
}
