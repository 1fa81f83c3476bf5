package corpusmill.jobs.prepare;

import corpusmill.jobs.flow.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run would do.
 *
 * @param fingerprint of the dataset
 * @param upToDate whether the dataset is there already
 * @param earlier fingerprints of the earlier datasets
 * @param sources names of the mixture components
 * @param files the file table
 * @param stages stage → whether its result is in the work folder
 * @param tokenBytes width of a token
 */
public record Plan(
        String fingerprint,
        boolean upToDate,
        List<String> earlier,
        List<String> sources,
        List<SourceFile> files,
        Map<String, Boolean> stages,
        int tokenBytes) {

    /** Roughly what text gains by decompression. */
    private static final int COMPRESSION = 3;
    /** Roughly the bytes of text in a token. */
    private static final int BYTES_PER_TOKEN = 4;
    /** Requests that write a stage's result, its marker included. */
    private static final int REQUESTS_PER_RESULT = 8;

    static Plan of(Run run) {
        Fingerprints prints = run.fingerprints();
        Map<String, Boolean> stages = new LinkedHashMap<>();
        stages.put("ingest", run.work().find("ingest", prints.ingest()).isPresent());
        stages.put("exact", run.work().find("exact", prints.exact()).isPresent());
        stages.put("near", run.work().find("removed", prints.near()).isPresent());
        stages.put("tokenize", run.work().find("packed", prints.pack()).isPresent());
        boolean published = run.isPublished();
        stages.put("write", published);
        return new Plan(
                prints.dataset(),
                published,
                run.earlier().fingerprints(),
                run.input().sources(),
                run.input().files(),
                stages,
                run.tokenType().bytes());
    }

    /** Estimate of the bytes that work folder and dataset take together. */
    public long bytesToWrite() {
        long text = files.stream().mapToLong(Plan::textBytes).sum();
        long documents = text / COMPRESSION;
        long tokens = text / BYTES_PER_TOKEN * tokenBytes;
        return (reused("ingest") ? 0 : documents) + (reused("tokenize") ? 0 : tokens) + (upToDate ? 0 : tokens);
    }

    /** Estimate of the requests to the stores: one per input file, and what writes results and shards. */
    public long requests() {
        return upToDate ? files.size() : 2L * files.size() + (long) REQUESTS_PER_RESULT * stages.size();
    }

    private boolean reused(String stage) {
        return stages.getOrDefault(stage, false);
    }

    private static long textBytes(SourceFile file) {
        String name = file.name().toLowerCase(Locale.ROOT);
        boolean compressed = name.endsWith(".gz") || name.endsWith(".zst") || name.endsWith(".parquet");
        return file.bytes() * (compressed ? COMPRESSION : 1);
    }
}
