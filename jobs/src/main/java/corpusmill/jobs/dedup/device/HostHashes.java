package corpusmill.jobs.dedup.device;

import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Functions on texts that stay on the host, on all its cores; what they give goes to the device. */
public final class HostHashes {

    private HostHashes() {}

    /** What a function gives for the texts {@code [from, to)}. It is called by several threads. */
    public static long[][] of(Texts texts, int from, int to, Function<byte[], long[]> function) {
        long[][] hashes = new long[to - from][];
        IntStream.range(0, hashes.length).parallel().forEach(i -> hashes[i] = function.apply(texts.text(from + i)));
        return hashes;
    }

    /** The same for all texts, as a column of lists that the caller closes. */
    public static <C> C lists(Texts texts, Function<byte[], long[]> function, Device<C> device) {
        return lists(of(texts, 0, texts.count(), function), device);
    }

    /** Hashes as a column of lists, which the caller closes. */
    public static <C> C lists(long[][] hashes, Device<C> device) {
        try (OpenColumns<C> open = new OpenColumns<>(device)) {
            C longs = open.add(device.longs(hashes));
            return device.lists(longs, open.add(device.ints(offsets(hashes, hashed -> hashed.length))));
        }
    }

    /**
     * Where the run of each text begins, and behind the last the sum.
     *
     * @param length of the run of a text, from its hashes
     */
    public static int[] offsets(long[][] hashes, ToIntFunction<long[]> length) {
        int[] offsets = new int[hashes.length + 1];
        for (int i = 0; i < hashes.length; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], length.applyAsInt(hashes[i]));
        }
        return offsets;
    }
}
