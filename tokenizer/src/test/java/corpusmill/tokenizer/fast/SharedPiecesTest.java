package corpusmill.tokenizer.fast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Entries written and read by several threads at once are whole. */
class SharedPiecesTest {
    private static final int THREADS = 4;
    private static final int KEYS = 200_000;

    @Test
    void findsWholeEntriesWhileOthersWrite() throws InterruptedException, ExecutionException {
        SharedPieces pieces = new SharedPieces();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> found = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                Callable<Integer> work = () -> writeAndRead(pieces, random);
                found.add(threads.submit(work));
            }
            for (Future<Integer> each : found) {
                assertThat(each.get()).isPositive();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Keys of few values, so that the threads meet; the ids of a key follow from it. */
    private static int writeAndRead(SharedPieces pieces, Random random) {
        int found = 0;
        for (int i = 0; i < 4 * KEYS; i++) {
            long low = random.nextInt(KEYS);
            long high = 7L << 56 | low * 31;
            int place = SharedPieces.place(Keys.hash(low, high));
            int entry = pieces.find(place, low, high);
            if (entry < 0) {
                pieces.put(place, low, high, ~low, low * 17);
                entry = pieces.find(place, low, high);
            }
            if (entry >= 0) {
                assertThat(pieces.table[entry + 2]).isEqualTo(~low);
                assertThat(pieces.table[entry + 3]).isEqualTo(low * 17);
                found++;
            }
        }
        return found;
    }

    @Test
    void keepsTheEntriesThatCameFirst() {
        SharedPieces pieces = new SharedPieces();
        assertThat(pieces.put(0, 1, 7L << 56, 11, 12)).isTrue();
        assertThat(pieces.put(0, 2, 7L << 56, 21, 22)).isTrue();
        assertThat(pieces.put(0, 3, 7L << 56, 31, 32)).isFalse();
        assertThat(pieces.find(0, 1, 7L << 56)).isZero();
        assertThat(pieces.find(0, 2, 7L << 56)).isEqualTo(4);
        assertThat(pieces.find(0, 3, 7L << 56)).isEqualTo(-1);
    }
}
