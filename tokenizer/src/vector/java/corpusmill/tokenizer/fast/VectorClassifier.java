package corpusmill.tokenizer.fast;

import jdk.incubator.vector.ByteVector;

/**
 * Classifies the 64 bytes of a block in one vector. Compiled apart, since the module {@code jdk.incubator.vector} is there
 * only where a JVM was told to add it; made by {@link BlockClassifiers} alone.
 */
final class VectorClassifier extends BlockClassifier {
    private static final int SIGN = 0x80;

    @Override
    void classify(byte[] utf8, int at) {
        ByteVector bytes = ByteVector.fromArray(ByteVector.SPECIES_512, utf8, at);
        letters = range(bytes.or((byte) 0x20), 'a', 'z');
        numbers = range(bytes, '0', '9');
        blanks = bytes.eq((byte) ' ').toLong();
        spaces = blanks | range(bytes, 9, 13);
        apostrophes = bytes.eq((byte) '\'').toLong();
        high = bytes.lt((byte) 0).toLong();
    }

    @Override
    boolean isNative() {
        return ByteVector.SPECIES_PREFERRED.length() == BlockSpans.BLOCK;
    }

    /** Bytes of a range; unsigned, by a shift of all values to where signed ones begin. */
    private static long range(ByteVector bytes, int first, int last) {
        return bytes.sub((byte) (first + SIGN))
                .lt((byte) (last + 1 - first + SIGN))
                .toLong();
    }
}
