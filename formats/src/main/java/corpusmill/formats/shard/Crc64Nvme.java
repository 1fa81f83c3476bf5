package corpusmill.formats.shard;

/**
 * CRC-64/NVME: polynomial 0xad93d23594c93659 reflected, all ones before and after (NVM Express, NVM Command Set
 * Specification; the checksum S3 stores for objects). Eight tables, eight bytes a step (Kounavis and Berry, 2005), four
 * steps at a time: a block is cut into four lanes, whose remainders do not wait for each other, and a remainder is moved
 * over a lane of zeros by tables of the powers of x, for the CRC is linear (Adler's crc32_combine has the same idea).
 */
final class Crc64Nvme {

    private static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;
    private static final int STEP = 8;

    /** Bytes of a lane. A row of 4,096 ids of 16 bits is four of them. */
    static final int LANE = 1 << 11;

    // One array each: its length is a constant for the compiler, and a look-up is one load.
    private static final long[] STEPS = steps();
    private static final long[] LANES = lanes();

    private long crc = -1;

    private static long[] steps() {
        long[] tables = new long[STEP << 8];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : POLYNOMIAL);
            }
            tables[value] = crc;
        }
        for (int at = 256; at < tables.length; at++) {
            long crc = tables[at - 256];
            tables[at] = crc >>> 8 ^ tables[(int) crc & 0xff];
        }
        return tables;
    }

    /** The remainder after a lane of zeros, for each byte of the remainder before; lowest byte last, as in the steps. */
    private static long[] lanes() {
        long[] tables = new long[STEP << 8];
        for (int table = 0; table < STEP; table++) {
            for (int bit = 0; bit < 8; bit++) {
                long moved = afterZeros(1L << (8 * (STEP - 1 - table) + bit));
                int base = table << 8;
                for (int value = 0; value < 1 << bit; value++) {
                    tables[base | 1 << bit | value] = tables[base | value] ^ moved;
                }
            }
        }
        return tables;
    }

    private static long afterZeros(long crc) {
        long state = crc;
        for (int step = 0; step < LANE / STEP; step++) {
            state = fold(STEPS, state);
        }
        return state;
    }

    void update(byte[] bytes, int offset, int length) {
        long state = crc;
        int at = offset;
        int end = offset + length;
        for (; end - at >= 4 * LANE; at += 4 * LANE) {
            state = block(state, bytes, at);
        }
        for (; end - at >= STEP; at += STEP) {
            state = fold(STEPS, state ^ (long) LittleEndian.LONG.get(bytes, at));
        }
        for (; at < end; at++) {
            state = state >>> 8 ^ STEPS[(int) (state ^ bytes[at]) & 0xff];
        }
        crc = state;
    }

    private static long block(long before, byte[] bytes, int offset) {
        long first = before;
        long second = 0;
        long third = 0;
        long fourth = 0;
        for (int at = offset; at < offset + LANE; at += STEP) {
            first = fold(STEPS, first ^ (long) LittleEndian.LONG.get(bytes, at));
            second = fold(STEPS, second ^ (long) LittleEndian.LONG.get(bytes, at + LANE));
            third = fold(STEPS, third ^ (long) LittleEndian.LONG.get(bytes, at + 2 * LANE));
            fourth = fold(STEPS, fourth ^ (long) LittleEndian.LONG.get(bytes, at + 3 * LANE));
        }
        return fold(LANES, fold(LANES, fold(LANES, first) ^ second) ^ third) ^ fourth;
    }

    private static long fold(long[] tables, long bytes) {
        return tables[7 << 8 | (int) bytes & 0xff]
                ^ tables[6 << 8 | (int) (bytes >>> 8) & 0xff]
                ^ tables[5 << 8 | (int) (bytes >>> 16) & 0xff]
                ^ tables[4 << 8 | (int) (bytes >>> 24) & 0xff]
                ^ tables[3 << 8 | (int) (bytes >>> 32) & 0xff]
                ^ tables[2 << 8 | (int) (bytes >>> 40) & 0xff]
                ^ tables[1 << 8 | (int) (bytes >>> 48) & 0xff]
                ^ tables[(int) (bytes >>> 56)];
    }

    long value() {
        return ~crc;
    }
}
