package corpusmill.jobs.upkeep;

import corpusmill.formats.StorageException;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Tries whether a store keeps two writers apart: some at once create the same file, round after round, and of each round
 * exactly one may win. A store may refuse the second of two creates in sequence and still let all of a race win. Every
 * file that is made is deleted again.
 *
 * @param storage of the root
 * @param root where to try
 * @param writers at once
 * @param rounds files that they race for
 */
public record StoreRace(Storage storage, URI root, int writers, int rounds) {

    private static final int WRITERS = 8;
    private static final int ROUNDS = 20;
    private static final int LONGEST_SECONDS = 120;

    /** Eight writers, twenty rounds. */
    public static StoreRace of(Storage storage, URI root) {
        return new StoreRace(storage, root, WRITERS, ROUNDS);
    }

    /**
     * Runs it; also writes, lists, reads and deletes.
     *
     * @throws StorageException that says what the store does not do
     */
    public void run() {
        String name = ".corpusmill-doctor-" + UUID.randomUUID() + "-";
        List<URI> files = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        boolean raced = false;
        try {
            for (int round = 0; round < rounds; round++) {
                URI file = Storages.resolve(root, name + round);
                files.add(file);
                race(threads, file, round);
            }
            if (storage.list(files.get(0)).size() != 1) {
                throw new StorageException("the store of " + root
                        + " does not list a file that was just written; use a store with consistent listings");
            }
            raced = true;
        } finally {
            end(threads);
            for (URI file : files) {
                delete(file, raced);
            }
        }
        if (storage.stat(files.get(0)).isPresent()) {
            throw new StorageException("the store of " + root
                    + " still has a file that was deleted; check its versions and permissions to delete");
        }
    }

    // Where one writer failed, the others may still be at it, and would leave behind what they make.
    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new StorageException("a writer of the race did not end within " + LONGEST_SECONDS
                        + " s of the first that failed; look at the store's time limits");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Where the race itself failed, that is what to tell.
    private void delete(URI file, boolean raced) {
        try {
            storage.delete(file);
        } catch (StorageException e) {
            if (raced) {
                throw e;
            }
        }
    }

    private void race(ExecutorService threads, URI file, int round) {
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Future<Boolean>> created = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            byte[] mine = content(writer);
            created.add(threads.submit(() -> {
                await(start);
                return storage.createIfAbsent(file, mine);
            }));
        }
        int winners = 0;
        int winner = -1;
        for (int writer = 0; writer < writers; writer++) {
            if (won(created.get(writer))) {
                winners++;
                winner = writer;
            }
        }
        if (winners != 1) {
            throw new StorageException("the store of " + root + " let " + winners + " of " + writers
                    + " writers create the same file in round " + round
                    + ", but exactly 1 may: two runs could both publish there; use a store with conditional writes"
                    + " (If-None-Match), a local directory or HDFS");
        }
        if (!Arrays.equals(storage.readAll(file), content(winner))) {
            throw new StorageException("the store of " + root + " holds another content than that of the writer who won"
                    + " in round " + round + ", so what a run publishes may be overwritten; use another store");
        }
    }

    private static byte[] content(int writer) {
        return ("writer " + writer).getBytes(StandardCharsets.UTF_8);
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException("a writer of the race did not start", e);
        }
    }

    private static boolean won(Future<Boolean> created) {
        try {
            return created.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException known) {
                throw known;
            }
            throw new IllegalStateException("a writer of the race failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the race", e);
        }
    }
}
