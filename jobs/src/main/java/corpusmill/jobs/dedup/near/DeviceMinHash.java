package corpusmill.jobs.dedup.near;

import corpusmill.jobs.dedup.device.Device;
import corpusmill.jobs.dedup.device.HostHashes;
import corpusmill.jobs.dedup.device.OpenColumns;
import corpusmill.jobs.dedup.device.Texts;
import corpusmill.jobs.dedup.shingle.ShingleHashes;
import corpusmill.jobs.dedup.shingle.Shingler;
import corpusmill.jobs.dedup.shingle.XxHash64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@link BandKeys} of many texts on a device. Shingles are cut and hashed on all cores of the host, for that needs the
 * Unicode tables; permutations, minima and band keys, the part that costs, are operations on columns.
 *
 * <p>A text has at most as many shingles as bytes, so that batches are cut by bytes before any text is looked at. The
 * device holds 16 bytes per shingle of a batch and 8 per minimum, which is below 768 MiB, besides the keys.
 *
 * @param <C> a column in the memory of the device
 */
final class DeviceMinHash<C> {

    /** Bytes of text in a batch; a text of more is left to the kernel of the CPU. */
    static final int BATCH_BYTES = 32 << 20;

    /** Texts in a batch: what bounds the minima. */
    static final int BATCH_TEXTS = 1 << 16;

    private final BandKeys keys;
    private final Device<C> device;
    private final int batchBytes;
    private final int batchTexts;
    private final long[] seeds;

    DeviceMinHash(BandKeys keys, Device<C> device) {
        this(keys, device, BATCH_BYTES, BATCH_TEXTS);
    }

    DeviceMinHash(BandKeys keys, Device<C> device, int batchBytes, int batchTexts) {
        this.keys = keys;
        this.device = device;
        this.batchBytes = batchBytes;
        this.batchTexts = batchTexts;
        this.seeds = MinHasher.seeds(keys.bands().minima(), keys.near().seed());
    }

    /** A list of band keys for each text; empty for one without shingles. The caller closes the column. */
    C keys(Texts texts) {
        try (OpenColumns<C> open = new OpenColumns<>(device)) {
            List<C> batches = new ArrayList<>();
            int from = 0;
            do {
                int to = batchEnd(texts, from);
                C batch = batch(texts, from, to);
                if (to - from == texts.count()) {
                    return batch;
                }
                batches.add(open.add(batch));
                from = to;
            } while (from < texts.count());
            return device.concatenate(batches);
        }
    }

    private int batchEnd(Texts texts, int from) {
        long bytes = 0;
        int to = from;
        while (to < texts.count() && to - from < batchTexts) {
            bytes += texts.bytes(to);
            if (bytes > batchBytes && to > from) {
                break;
            }
            to++;
        }
        return to;
    }

    private C batch(Texts texts, int from, int to) {
        if (to - from == 1 && texts.bytes(from) > batchBytes) {
            MinHasher hasher = new MinHasher(keys.bands(), keys.near().seed());
            Shingler.of(keys.near().shingle()).shingle(texts.text(from), hasher);
            return HostHashes.lists(new long[][] {hasher.keys()}, device);
        }
        return onDevice(HostHashes.of(
                texts, from, to, text -> ShingleHashes.of(text, keys.near().shingle())));
    }

    private C onDevice(long[][] shingles) {
        long[][] some = Arrays.stream(shingles).filter(each -> each.length > 0).toArray(long[][]::new);
        int bands = keys.bands().bands();
        try (OpenColumns<C> open = new OpenColumns<>(device)) {
            C folded = some.length == 0 ? device.longs(some) : device.interleave(fold(minima(some, open), open));
            open.add(folded);
            int[] ends = HostHashes.offsets(shingles, each -> each.length > 0 ? bands : 0);
            return device.lists(folded, open.add(device.ints(ends)));
        }
    }

    /** A column for each permutation: the minimum of each text. */
    private List<C> minima(long[][] shingles, OpenColumns<C> open) {
        List<C> minima = new ArrayList<>();
        try (OpenColumns<C> all = new OpenColumns<>(device)) {
            C hashes = all.add(device.longs(shingles));
            C offsets = all.add(device.ints(HostHashes.offsets(shingles, each -> each.length)));
            for (long seed : seeds) {
                try (OpenColumns<C> one = new OpenColumns<>(device)) {
                    C permuted = one.add(device.hash(seed, List.of(hashes)));
                    minima.add(open.add(device.minima(permuted, offsets)));
                }
            }
        }
        return minima;
    }

    /** A column for each band: the key of each text. */
    private List<C> fold(List<C> minima, OpenColumns<C> open) {
        int rows = keys.bands().rows();
        List<C> folded = new ArrayList<>();
        for (int band = 0; band < keys.bands().bands(); band++) {
            long start = XxHash64.ofLong(band, XxHash64.SEED);
            folded.add(open.add(device.hash(start, minima.subList(band * rows, (band + 1) * rows))));
        }
        return folded;
    }
}
