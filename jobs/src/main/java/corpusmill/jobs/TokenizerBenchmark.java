package corpusmill.jobs;

import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs a tokenizer over documents and measures. What is kept of pieces goes with the thread and the tokenizer: the first
 * pass is that of a new thread with a tokenizer opened anew, so with empty caches and compiled code.
 */
final class TokenizerBenchmark {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final byte[] PROBE = "a".getBytes(StandardCharsets.UTF_8);

    private final Tokenizer tokenizer;
    private final Supplier<Tokenizer> anew;
    private final List<byte[]> documents;
    private final long bytes;
    private final int passes;

    /**
     * A measurement.
     *
     * @param anew opens the tokenizer once more
     * @param passes behind the first one
     */
    TokenizerBenchmark(Tokenizer tokenizer, Supplier<Tokenizer> anew, List<byte[]> documents, int passes) {
        this.tokenizer = tokenizer;
        this.anew = anew;
        this.documents = documents;
        this.bytes = documents.stream().mapToLong(document -> document.length).sum();
        this.passes = passes;
    }

    /** Measures one thread, then {@code threads} of them together. */
    TokenizerFigures measure(String file, int threads) {
        together(1, this::warmUp);
        Alone alone = together(1, this::alone).get(0);
        double one = megabytesPerSecond(1);
        double all = threads == 1 ? one : megabytesPerSecond(threads);
        return new TokenizerFigures(
                file,
                documents.size(),
                bytes,
                alone.tokens,
                alone.sha256,
                speed((double) alone.firstNanos),
                speed((double) alone.warmNanos),
                alone.stateBytes,
                threads,
                all,
                all / (one * threads));
    }

    private boolean warmUp() {
        long began = THREADS.getCurrentThreadCpuTime();
        TokenBuffer ids = new TokenBuffer();
        do {
            encode(tokenizer.encoder(), ids);
        } while (THREADS.getCurrentThreadCpuTime() - began < WARM_UP_NANOS);
        return true;
    }

    private Alone alone() {
        try (Tokenizer empty = anew.get()) {
            return alone(empty.encoder());
        }
    }

    private Alone alone(TokenEncoder encoder) {
        TokenBuffer ids = new TokenBuffer();
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        encoder.encode(PROBE, 0, PROBE.length, ids);
        long state = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        long first = encode(encoder, ids);
        long warm = Long.MAX_VALUE;
        for (int pass = 0; pass < passes; pass++) {
            warm = Math.min(warm, encode(encoder, ids));
        }
        Digest digest = new Digest();
        for (byte[] document : documents) {
            ids.clear();
            encoder.encode(document, 0, document.length, ids);
            digest.add(ids);
        }
        return new Alone(first, warm, state, digest.tokens, digest.hex());
    }

    /** One pass; CPU nanoseconds of this thread. */
    private long encode(TokenEncoder encoder, TokenBuffer ids) {
        long began = THREADS.getCurrentThreadCpuTime();
        for (byte[] document : documents) {
            ids.clear();
            encoder.encode(document, 0, document.length, ids);
        }
        return Math.max(1, THREADS.getCurrentThreadCpuTime() - began);
    }

    /** All threads over all documents, by the clock: the sum of what each does a second behind its first pass. */
    private double megabytesPerSecond(int threads) {
        return together(threads, () -> {
                    TokenBuffer ids = new TokenBuffer();
                    TokenEncoder encoder = tokenizer.encoder();
                    encode(encoder, ids);
                    long began = System.nanoTime();
                    for (int pass = 0; pass < passes; pass++) {
                        encode(encoder, ids);
                    }
                    return speed((System.nanoTime() - began) / (double) passes);
                })
                .stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private double speed(double nanos) {
        return bytes * 1e3 / nanos;
    }

    private static <T> List<T> together(int threads, Callable<T> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                all.add(work);
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(all)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("measuring failed", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private record Alone(long firstNanos, long warmNanos, long stateBytes, long tokens, String sha256) {}

    /** Counts and hashes ids. */
    private static final class Digest {
        private final MessageDigest sha256;
        private byte[] chunk = new byte[0];
        private long tokens;

        Digest() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has SHA-256", e);
            }
        }

        void add(TokenBuffer ids) {
            int wanted = Math.multiplyExact(ids.size(), Integer.BYTES);
            if (chunk.length < wanted) {
                chunk = new byte[wanted];
            }
            for (int at = 0; at < ids.size(); at++) {
                int id = ids.get(at);
                chunk[at * 4] = (byte) id;
                chunk[at * 4 + 1] = (byte) (id >>> 8);
                chunk[at * 4 + 2] = (byte) (id >>> 16);
                chunk[at * 4 + 3] = (byte) (id >>> 24);
            }
            sha256.update(chunk, 0, wanted);
            tokens += ids.size();
        }

        String hex() {
            return HexFormat.of().formatHex(sha256.digest());
        }
    }
}
