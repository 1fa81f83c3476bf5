package corpusmill.formats.manifest;

import corpusmill.formats.storage.Storage;
import java.net.URI;

/** Publishes a dataset: the one step after which it exists. */
public final class ManifestCommit {

    private ManifestCommit() {}

    /**
     * Creates the manifest if there is none. The commit id is computed here; the one given is not looked at.
     *
     * @param storage the store of the root
     * @param root the dataset's root
     * @param manifest what is published
     * @throws corpusmill.formats.ConflictException if another dataset is there; nothing was changed
     * @throws corpusmill.formats.ConfigException if the manifest would be too large
     * @throws corpusmill.formats.StorageException if it is not known what happened; publishing again is safe
     */
    public static PublishResult publish(Storage storage, URI root, Manifest manifest) {
        throw new UnsupportedOperationException(root + "" + storage + manifest);
    }
}
