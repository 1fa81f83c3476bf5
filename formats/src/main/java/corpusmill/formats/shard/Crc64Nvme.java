package corpusmill.formats.shard;

/**
 * CRC-64/NVME: polynomial 0xad93d23594c93659 reflected, all ones before and after (NVM Express, NVM Command Set
 * Specification; the checksum S3 stores for objects). Sixteen tables, sixteen bytes a step (Kounavis and Berry, 2005).
 */
final class Crc64Nvme {

    private static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;
    private static final int STEP = 16;
    private static final long[][] TABLES = tables();

    private long crc = -1;

    private static long[][] tables() {
        long[][] tables = new long[STEP][256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : POLYNOMIAL);
            }
            tables[0][value] = crc;
        }
        for (int table = 1; table < STEP; table++) {
            for (int value = 0; value < 256; value++) {
                long crc = tables[table - 1][value];
                tables[table][value] = crc >>> 8 ^ tables[0][(int) crc & 0xff];
            }
        }
        return tables;
    }

    void update(byte[] bytes, int offset, int length) {
        long state = crc;
        int at = offset;
        int end = offset + length;
        for (; end - at >= STEP; at += STEP) {
            long low = (long) LittleEndian.LONG.get(bytes, at) ^ state;
            long high = (long) LittleEndian.LONG.get(bytes, at + 8);
            state = fold(low, 15) ^ fold(high, 7);
        }
        for (; at < end; at++) {
            state = state >>> 8 ^ TABLES[0][(int) (state ^ bytes[at]) & 0xff];
        }
        crc = state;
    }

    private static long fold(long bytes, int table) {
        return TABLES[table][(int) bytes & 0xff]
                ^ TABLES[table - 1][(int) (bytes >>> 8) & 0xff]
                ^ TABLES[table - 2][(int) (bytes >>> 16) & 0xff]
                ^ TABLES[table - 3][(int) (bytes >>> 24) & 0xff]
                ^ TABLES[table - 4][(int) (bytes >>> 32) & 0xff]
                ^ TABLES[table - 5][(int) (bytes >>> 40) & 0xff]
                ^ TABLES[table - 6][(int) (bytes >>> 48) & 0xff]
                ^ TABLES[table - 7][(int) (bytes >>> 56)];
    }

    long value() {
        return ~crc;
    }
}
