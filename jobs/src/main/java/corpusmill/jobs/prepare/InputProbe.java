package corpusmill.jobs.prepare;

import com.github.luben.zstd.Zstd;
import corpusmill.formats.order.Splits;
import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.near.SignatureKernel;
import corpusmill.jobs.dedup.shingle.ShingleSet;
import corpusmill.jobs.flow.SourceFile;
import corpusmill.jobs.ingest.FileSample;
import corpusmill.jobs.ingest.IngestStage;
import corpusmill.jobs.ingest.IngestedBytes;
import corpusmill.jobs.tokenize.TokenBytes;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the input before a run: reads the starts of at most {@value #FILES} files, {@value #TEXT_BYTES} bytes of text
 * together, by the run's own readers, and treats them as the run would: compresses their texts, drops the duplicates among
 * them, and tokenizes what stays. What it counts is scaled from the bytes of a file that it read to those it has, and from
 * the files of a source that it opened to all. So a corpus that is no larger than that is known exactly; of a larger one
 * duplicates are found only among what was read, and its estimate of what is kept is too high for it. One thread.
 */
final class InputProbe {

    static final int FILES = 64;
    static final long TEXT_BYTES = 16 << 20;

    private static final long LEAST_BYTES = 256 << 10;
    /** What is tokenized where only the reference engine can, which takes a second for it. */
    private static final long TEXT_BYTES_OF_REFERENCE = 1 << 20;

    private static final int PAGE_BYTES = 1 << 20;
    /** Kept documents of a bucket that one is compared with. */
    private static final int COMPARED = 16;

    private final Run run;
    private final @Nullable SignatureKernel signatures;
    private final TokenEncoder encoder;
    private final InputFigures figures;
    private final Set<ByteBuffer> seen = new HashSet<>();
    private final Map<Long, List<ShingleSet>> buckets = new HashMap<>();
    private final Column stored;
    private final Column tokens;
    private long left;
    private long tokenized;

    private InputProbe(Run run) {
        NearConfig near = run.config().deduplication().near();
        this.run = run;
        this.signatures = near.enabled() ? new SignatureKernel(near) : null;
        Tokenizer tokenizer = run.loadTokenizer();
        this.encoder = tokenizer.encoder();
        this.left = tokenizer.engine() == Tokenizer.Engine.FAST ? TEXT_BYTES : TEXT_BYTES_OF_REFERENCE;
        this.figures = new InputFigures(run.input().sources().size());
        int level = Sessions.compressionLevel(run.config().spark());
        this.stored = new Column(level);
        this.tokens = new Column(level);
    }

    /** Reads and counts. */
    static InputFigures of(Run run, IngestStage stage) {
        InputProbe probe = new InputProbe(run);
        List<List<SourceFile>> chosen = IntStream.range(0, run.input().sources().size())
                .mapToObj(source -> spread(
                        run.input().files().stream()
                                .filter(file -> file.source() == source)
                                .toList(),
                        Math.max(1, FILES / run.input().sources().size())))
                .toList();
        int files = chosen.stream().mapToInt(List::size).sum();
        for (List<SourceFile> some : chosen) {
            long all = bytes(run.input().files().stream()
                    .filter(file ->
                            !some.isEmpty() && file.source() == some.get(0).source())
                    .toList());
            double factor = all / (double) Math.max(1, bytes(some));
            for (SourceFile file : some) {
                FileSample sample = stage.sample(file, Math.max(LEAST_BYTES, TEXT_BYTES / files));
                probe.read(sample, factor / sample.share());
            }
        }
        probe.figures.storedRatio = probe.stored.ratio();
        probe.figures.tokenRatio = probe.tokens.ratio();
        return probe.figures;
    }

    private static long bytes(List<SourceFile> files) {
        return files.stream().mapToLong(SourceFile::bytes).sum();
    }

    private static List<SourceFile> spread(List<SourceFile> files, int most) {
        return files.size() <= most
                ? files
                : IntStream.range(0, most)
                        .mapToObj(i -> files.get((int) ((long) i * files.size() / most)))
                        .toList();
    }

    private void read(FileSample sample, double weight) {
        boolean rejected = false;
        for (IngestedBytes row : sample.rows()) {
            byte[] text = row.text();
            if (text != null) {
                document(row, text, weight);
            } else if (row.reason() != null) {
                byte[] raw = row.raw();
                figures.rejected += weight;
                figures.rejectedBytes += weight * (raw == null ? 0 : raw.length);
                rejected |= raw != null && raw.length > 0;
            }
        }
        if (rejected) {
            figures.rejectedFiles += Math.max(1, weight * sample.share());
        }
    }

    private void document(IngestedBytes row, byte[] text, double weight) {
        figures.documents += weight;
        figures.textBytes[row.source()] += weight * text.length;
        stored.add(text);
        String key = row.key();
        if (key != null) {
            figures.keyBytes += weight * key.length();
        }
        if (run.config().deduplication().exact() != Exact.FALSE && !seen.add(ByteBuffer.wrap(text))) {
            figures.identical += weight;
            return;
        }
        if (signatures != null && isSimilar(text)) {
            figures.similar += weight;
            return;
        }
        long ids = tokenize(text);
        if (ids >= 0) { // others are dropped
            boolean validation =
                    Splits.isValidation(row.id(), run.config().shards().validationShare());
            figures.keep(
                    row.source(),
                    validation,
                    weight,
                    ids + run.append().length,
                    run.config().packing().sequenceLength());
        }
    }

    /** Ids of a text, by the mean of others once enough were tokenized; -1 if it has none. */
    private long tokenize(byte[] text) {
        if (left < text.length && tokenized > 0) {
            return Math.round(
                    text.length * (tokens.bytes() / (double) run.tokenType().bytes() / tokenized));
        }
        TokenBuffer ids = new TokenBuffer();
        try {
            encoder.encode(text, 0, text.length, ids);
        } catch (TokenizerException e) {
            return -1;
        }
        byte[] bytes = new byte[ids.size() * run.tokenType().bytes()];
        for (int i = 0; i < ids.size(); i++) {
            TokenBytes.put(bytes, i, ids.get(i), run.tokenType());
        }
        tokens.add(bytes);
        tokenized += text.length;
        left -= text.length;
        return ids.size();
    }

    private boolean isSimilar(byte[] text) {
        NearConfig near = run.config().deduplication().near();
        ShingleSet shingles = ShingleSet.of(text, near.shingle());
        long[] keys = signatures == null ? new long[0] : signatures.keys(text);
        Set<ShingleSet> met = new HashSet<>();
        for (long key : keys) {
            for (ShingleSet kept : buckets.getOrDefault(key, List.of())) {
                if (met.add(kept) && kept.jaccard(shingles) >= near.threshold()) {
                    return true;
                }
            }
        }
        for (long key : keys) {
            List<ShingleSet> bucket = buckets.computeIfAbsent(key, none -> new ArrayList<>(1));
            if (bucket.size() < COMPARED) {
                bucket.add(shingles);
            }
        }
        return false;
    }

    /** Values of a column, compressed by pages as Parquet does. */
    private static final class Column {
        private final ByteArrayOutputStream page = new ByteArrayOutputStream();
        private long plain;
        private long compressed;
        private final int level;

        Column(int level) {
            this.level = level;
        }

        void add(byte[] value) {
            page.writeBytes(value);
            if (page.size() >= PAGE_BYTES) {
                flush();
            }
        }

        private void flush() {
            byte[] bytes = page.toByteArray();
            plain += bytes.length;
            compressed += Zstd.compress(bytes, level).length;
            page.reset();
        }

        long bytes() {
            return plain + page.size();
        }

        double ratio() {
            if (page.size() > 0) {
                flush();
            }
            return plain == 0 ? 1 : compressed / (double) plain;
        }
    }
}
