package corpusmill.tokenizer.fast;

/**
 * Tells which bytes of a block of 64 are ASCII characters of which class: one bit a byte, the first byte in the lowest bit.
 * For one thread. Implementations differ in speed alone.
 */
abstract class BlockClassifier {
    /** A to Z and a to z. */
    long letters;
    /** 0 to 9. */
    long numbers;
    /** White space, newlines and blanks included. */
    long spaces;
    /** U+0020. */
    long blanks;
    /** U+0027. */
    long apostrophes;
    /** Bytes of characters beyond ASCII. */
    long high;

    /**
     * Fills the masks.
     *
     * @param at where the block begins; the array holds all of it
     */
    abstract void classify(byte[] utf8, int at);

    /** Whether the processor does what it does by single instructions. */
    boolean isNative() {
        return true;
    }
}
