package corpusmill.formats.verify;

import corpusmill.formats.storage.Storage;
import java.net.URI;

/** Looks for damage in a dataset. Never throws on a damaged dataset. Safe for concurrent use. */
public final class DatasetVerifier {

    private final Storage storage;

    /** Makes a verifier for the datasets of a store. */
    public DatasetVerifier(Storage storage) {
        this.storage = storage;
    }

    /**
     * Verifies a dataset.
     *
     * @param root the dataset's root
     * @param depth how much is read
     */
    public VerificationReport verify(URI root, Depth depth) {
        throw new UnsupportedOperationException(root + "" + depth + storage);
    }
}
