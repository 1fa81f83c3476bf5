package corpusmill.formats.verify;

import corpusmill.formats.StorageException;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SourceEntry;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.shard.MegatronIndex;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.ShardDamage;
import corpusmill.formats.shard.ShardDigest;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardLayout;
import corpusmill.formats.shard.ShardReader;
import corpusmill.formats.shard.ShardSummary;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verifies shards one by one. */
final class ShardVerification {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Storage storage;
    private final URI root;
    private final Manifest manifest;
    private final Depth depth;
    private final Findings findings;
    private final Set<Integer> sources;
    private final Map<String, Map<String, StoredFile>> listed = new HashMap<>();

    ShardVerification(Storage storage, URI root, Manifest manifest, Depth depth, Findings findings) {
        this.storage = storage;
        this.root = root;
        this.manifest = manifest;
        this.depth = depth;
        this.findings = findings;
        this.sources = manifest.sources().stream().map(SourceEntry::id).collect(Collectors.toSet());
    }

    /** Verifies a shard; its entry in the table of shards may be unknown. */
    void check(String path, SplitEntry split, int index, @Nullable ShardEntry entry) {
        findings.guard(path, () -> {
            StoredFile file = file(path);
            if (file == null) {
                findings.add(Finding.Kind.MISSING, path, "the shard " + path + " is missing");
            } else if (entry == null || sizeIs(file, entry)) {
                checkContent(file, path, split.rowsOf(index), entry);
            }
            return null;
        });
        String indexPath = MegatronIndex.path(path);
        findings.guard(indexPath, () -> {
            checkIndexSize(indexPath, split.rowsOf(index));
            return null;
        });
    }

    /** A file of a directory, each of which is listed once: a thousand files a request, and no other for their sizes. */
    private @Nullable StoredFile file(String path) {
        String directory = path.substring(0, path.lastIndexOf('/'));
        return listed.computeIfAbsent(directory, this::list).get(path.substring(directory.length() + 1));
    }

    private Map<String, StoredFile> list(String directory) {
        Map<String, StoredFile> files = new HashMap<>();
        for (StoredFile file : storage.list(Storages.resolve(root, directory))) {
            String name = file.uri().getPath();
            files.put(name.substring(name.lastIndexOf('/') + 1), file);
        }
        return files;
    }

    private void checkIndexSize(String path, long rows) {
        StoredFile file = file(path);
        if (file == null) {
            findings.add(Finding.Kind.MISSING, path, "the index " + path + " is missing");
        } else if (file.bytes() != MegatronIndex.bytes(rows)) {
            findings.add(
                    file.bytes() < MegatronIndex.bytes(rows) ? Finding.Kind.TRUNCATED : Finding.Kind.WRONG_SIZE,
                    path,
                    "the index " + path + " has " + file.bytes() + " bytes but " + rows + " rows need "
                            + MegatronIndex.bytes(rows));
        }
    }

    /** Whether the index beside a sound shard is the one that follows from the shard. */
    private void checkIndex(String path, ShardReader reader) {
        StoredFile file = file(path);
        if (file == null || file.bytes() != MegatronIndex.bytes(reader.layout().rows())) {
            return; // told already, or with the number of rows
        }
        byte[] found = storage.read(file, 0, Math.toIntExact(file.bytes()));
        findings.read(found.length);
        if (!Arrays.equals(found, reader.megatronIndex())) {
            findings.add(
                    Finding.Kind.WRONG_CHECKSUM,
                    path,
                    "the index " + path + " is not the one that follows from its shard");
        }
    }

    private boolean sizeIs(StoredFile file, ShardEntry entry) {
        long written = entry.summary().bytes();
        if (file.bytes() != written) {
            findings.add(
                    file.bytes() < written ? Finding.Kind.TRUNCATED : Finding.Kind.WRONG_SIZE,
                    entry.path(),
                    "the shard " + entry.path() + " has " + file.bytes() + " bytes but " + written + " were written");
        }
        return file.bytes() == written;
    }

    private void checkContent(StoredFile file, String path, long rows, @Nullable ShardEntry entry) {
        ShardReader reader = null;
        try {
            if (depth == Depth.QUICK) {
                findings.read(Math.min(file.bytes(), ShardLayout.TOKEN_OFFSET));
                checkLayout(ShardReader.peek(storage, file), path, rows);
                return;
            }
            reader = ShardReader.open(storage, file);
            checkLayout(reader.layout(), path, rows);
        } catch (ShardDamage e) {
            add(e, path);
        }
        if (depth == Depth.FULL) {
            scan(file, path, reader, entry);
            ShardReader sound = reader;
            if (sound != null) {
                findings.guard(MegatronIndex.path(path), () -> {
                    checkIndex(MegatronIndex.path(path), sound);
                    return null;
                });
            }
        }
    }

    private void add(ShardDamage damage, String path) {
        Finding.Kind kind =
                switch (damage.kind()) {
                    case NOT_A_SHARD -> Finding.Kind.NOT_A_SHARD;
                    case TOO_NEW -> Finding.Kind.TOO_NEW;
                    case TRUNCATED -> Finding.Kind.TRUNCATED;
                    case CORRUPT -> Finding.Kind.BAD_STRUCTURE;
                };
        findings.add(kind, path, String.valueOf(damage.getMessage()));
    }

    private void checkLayout(ShardLayout layout, String path, long rows) {
        if (layout.sequenceLength() != manifest.sequenceLength() || layout.type() != manifest.tokenType()) {
            findings.add(
                    Finding.Kind.BAD_STRUCTURE,
                    path,
                    "the shard " + path + " has rows of " + layout.sequenceLength() + " "
                            + layout.type().dtype()
                            + " but the manifest says " + manifest.sequenceLength() + " "
                            + manifest.tokenType().dtype());
        }
        if (layout.rows() != rows) {
            findings.add(
                    Finding.Kind.WRONG_COUNT,
                    path,
                    "the shard " + path + " has " + layout.rows() + " rows but the manifest says " + rows);
        }
    }

    /** Reads every byte once: checksums of all, and the rows of a shard whose structure is sound. */
    private void scan(StoredFile file, String path, @Nullable ShardReader reader, @Nullable ShardEntry entry) {
        ShardDigest digest = new ShardDigest();
        RowTotals totals = new RowTotals();
        try (InputStream in = storage.open(file.uri())) {
            if (reader != null) {
                digestNext(in, digest, ShardLayout.TOKEN_OFFSET);
                scanRows(in, digest, path, reader, totals);
            }
            digestNext(in, digest, Long.MAX_VALUE);
        } catch (IOException e) {
            throw new StorageException("cannot read " + file.uri() + ": " + e.getMessage() + "; try again", e);
        }
        findings.read(digest.bytes());
        if (entry != null) {
            compare(path, entry.summary(), digest, totals, reader != null);
        }
    }

    private static void digestNext(InputStream in, ShardDigest digest, long most) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = most;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                return;
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
    }

    private void scanRows(InputStream in, ShardDigest digest, String path, ShardReader reader, RowTotals totals)
            throws IOException {
        boolean told = false;
        for (long row = 0; row < reader.layout().rows(); row++) {
            byte[] tokens = in.readNBytes(reader.layout().rowBytes());
            digest.update(tokens, 0, tokens.length);
            if (told) {
                continue;
            }
            try {
                told = checkRow(reader.row(row, tokens), reader.layout(), path, row, totals);
            } catch (ShardDamage e) {
                add(e, path);
                told = true;
            }
        }
        totals.whole = !told;
    }

    /** Whether something was found; one finding of this kind a shard is enough. */
    private boolean checkRow(PackedSequence row, ShardLayout layout, String path, long index, RowTotals totals) {
        int[] ids = row.ids(layout.type());
        totals.tokens += row.valid();
        for (int at = 0; at < ids.length; at++) {
            int id = ids[at];
            totals.min = Math.min(totals.min, id);
            totals.max = Math.max(totals.max, id);
            boolean known = id >= 0 && id < manifest.tokenizer().vocabularySize();
            if (at < row.valid() ? !known : id != manifest.padId()) {
                findings.add(
                        Finding.Kind.BAD_TOKEN,
                        path,
                        "the shard " + path + " holds in row " + index + " at " + at + " the id " + id
                                + (at < row.valid()
                                        ? " but the vocabulary has "
                                                + manifest.tokenizer().vocabularySize()
                                        : " but padding is " + manifest.padId()));
                return true;
            }
        }
        if (!sources.contains(row.source())) {
            findings.add(
                    Finding.Kind.BAD_STRUCTURE,
                    path,
                    "the shard " + path + " holds in row " + index + " the source " + row.source()
                            + ", which the manifest does not have");
            return true;
        }
        return false;
    }

    private void compare(String path, ShardSummary written, ShardDigest digest, RowTotals totals, boolean sound) {
        String crc = digest.crc64nvme();
        String sha256 = digest.sha256();
        if (!sha256.equals(written.sha256())) {
            findings.add(
                    Finding.Kind.WRONG_CHECKSUM,
                    path,
                    "the SHA-256 of the shard " + path + " is " + sha256 + " but " + written.sha256() + " was written");
        } else if (!crc.equals(written.crc64nvme()) || (sound && totals.whole && !totals.agreesWith(written))) {
            findings.add(
                    Finding.Kind.WRONG_COUNT,
                    path,
                    "the shard " + path + " has " + totals.tokens + " tokens, ids " + totals.min + " to " + totals.max
                            + " and CRC-64/NVME " + crc + " but the table of shards says " + written);
        }
    }

    /** What the rows of a shard add up to. */
    private static final class RowTotals {
        private long tokens;
        private int min = Integer.MAX_VALUE;
        private int max = -1;
        private boolean whole;

        boolean agreesWith(ShardSummary written) {
            return tokens == written.tokens() && min == written.minId() && max == written.maxId();
        }
    }
}
