package corpusmill.formats.order;

/** Which split a document belongs to: a hash of its id alone, so that a document never straddles splits. */
public final class Splits {

    public static final String TRAIN = "train";
    public static final String VALIDATION = "validation";

    private Splits() {}

    /**
     * The split of a document.
     *
     * @param id document id
     * @param validationShare share of the documents that go to {@link #VALIDATION}, in [0, 1)
     */
    public static String of(long id, double validationShare) {
        return isValidation(id, validationShare) ? VALIDATION : TRAIN;
    }

    /** Whether a document belongs to {@link #VALIDATION}. */
    public static boolean isValidation(long id, double validationShare) {
        return (Mixing.mix64(id + Mixing.GOLDEN) >>> 11) * 0x1p-53 < validationShare;
    }
}
