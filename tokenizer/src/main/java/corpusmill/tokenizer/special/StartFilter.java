package corpusmill.tokenizer.special;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the places where one of a few contents may start: never misses one, sometimes gives a place where none does.
 * Eight places at once where the contents share few first bytes or few first pairs of bytes. Immutable.
 */
final class StartFilter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MOST = 4;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private final boolean[] starts = new boolean[256];
    private final long[] first;
    private final long[] second;

    StartFilter(byte[][] contents) {
        Set<Integer> bytes = new TreeSet<>();
        Set<Integer> pairs = new TreeSet<>();
        boolean paired = true;
        for (byte[] content : contents) {
            starts[content[0] & 0xff] = true;
            bytes.add(content[0] & 0xff);
            paired &= content.length > 1;
            pairs.add(content[0] & 0xff | (content.length > 1 ? content[1] & 0xff : 0) << 8);
        }
        boolean byPairs = paired && pairs.size() <= MOST;
        Set<Integer> kept = byPairs || bytes.size() > MOST ? pairs : bytes;
        boolean usable = byPairs || bytes.size() <= MOST;
        first = kept.stream()
                .filter(p -> usable)
                .mapToLong(p -> (p & 0xff) * ONES)
                .toArray();
        second = kept.stream()
                .filter(p -> byPairs)
                .mapToLong(p -> (p >>> 8) * ONES)
                .toArray();
    }

    /** The first place in [from, end) that passes, or {@code end}. */
    int next(byte[] utf8, int from, int end) {
        int at = from;
        if (first.length > 0) {
            int last = Math.min(end, utf8.length - 1) - 8;
            while (at <= last) {
                long found = second.length > 0 ? pairs(utf8, at) : singles(utf8, at);
                if (found != 0) {
                    return at + (Long.numberOfTrailingZeros(found) >>> 3);
                }
                at += 8;
            }
        }
        while (at < end && !starts[utf8[at] & 0xff]) {
            at++;
        }
        return at;
    }

    private long singles(byte[] utf8, int at) {
        long eight = (long) LONG.get(utf8, at);
        long found = 0;
        for (long wanted : first) {
            found |= zeros(eight ^ wanted);
        }
        return found;
    }

    private long pairs(byte[] utf8, int at) {
        long eight = (long) LONG.get(utf8, at);
        long following = (long) LONG.get(utf8, at + 1);
        long found = 0;
        for (int i = 0; i < first.length; i++) {
            found |= zeros(eight ^ first[i]) & zeros(following ^ second[i]);
        }
        return found;
    }

    /** The high bit of every byte that is zero, and of some behind one. */
    private static long zeros(long bytes) {
        return bytes - ONES & ~bytes & HIGH;
    }
}
