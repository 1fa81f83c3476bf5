package corpusmill.formats.order;

/** Mixes bits. */
public final class Mixing {

    /** 2^64 divided by the golden ratio, odd: the increment of SplitMix64. */
    static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Mixing() {}

    /**
     * A bijection of the 64-bit numbers in which every bit of the result depends on every bit of the argument: the
     * finaliser of SplitMix64 (Steele, Lea and Flood, 2014; constants of David Stafford's variant 13).
     */
    public static long mix64(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
