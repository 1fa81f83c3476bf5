package corpusmill.formats.manifest;

import corpusmill.formats.ConfigException;
import corpusmill.formats.ConflictException;
import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.StorageException;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Publishes a dataset: the one step after which it exists. */
public final class ManifestCommit {

    private ManifestCommit() {}

    /**
     * Creates the manifest if there is none. The commit id is computed here; the one given is not looked at.
     *
     * @param storage the store of the root
     * @param root the dataset's root
     * @param manifest what is published
     * @throws ConflictException if another dataset is there; nothing was changed
     * @throws ConfigException if the manifest would be too large
     * @throws StorageException if it is not known what happened; publishing again is safe
     */
    public static PublishResult publish(Storage storage, URI root, Manifest manifest) {
        URI uri = Storages.resolve(root, Manifest.NAME);
        byte[] unsealed = ManifestParser.toJson(manifest.withCommitId("")).getBytes(StandardCharsets.UTF_8);
        Manifest sealed = manifest.withCommitId(CommitId.of(unsealed));
        byte[] json = ManifestParser.toJson(sealed).getBytes(StandardCharsets.UTF_8);
        if (json.length >= ManifestParser.MAX_BYTES) {
            throw new ConfigException("the manifest " + uri + " would have " + json.length
                    + " bytes and must stay below " + ManifestParser.MAX_BYTES
                    + ", so that a loader reads it at once; give the job fewer sources, or shorter names");
        }
        boolean created;
        try {
            created = storage.createIfAbsent(uri, json);
        } catch (StorageException e) {
            return afterLostAnswer(storage, uri, sealed, e);
        }
        if (created) {
            return PublishResult.PUBLISHED;
        }
        requireSame(read(storage, uri), sealed, uri);
        return PublishResult.ALREADY_THERE;
    }

    /** The store gave no answer, which says nothing about what it did. */
    private static PublishResult afterLostAnswer(Storage storage, URI uri, Manifest mine, StorageException failure) {
        if (storage.stat(uri).isEmpty()) {
            throw failure;
        }
        Manifest there = read(storage, uri);
        requireSame(there, mine, uri);
        return there.commitId().equals(mine.commitId()) ? PublishResult.PUBLISHED : PublishResult.ALREADY_THERE;
    }

    private static Manifest read(Storage storage, URI uri) {
        try {
            return ManifestParser.parse(storage.readAll(uri), uri.toString());
        } catch (DamagedDatasetException e) {
            throw new ConflictException(
                    "cannot publish: something that is not a manifest of this format is at " + uri + " ("
                            + e.getMessage() + "); nothing was changed; choose another output",
                    e);
        }
    }

    private static void requireSame(Manifest there, Manifest mine, URI uri) {
        if (!there.fingerprint().equals(mine.fingerprint())) {
            throw new ConflictException("cannot publish: the dataset at " + uri + " has the fingerprint "
                    + there.fingerprint() + " and this run made " + mine.fingerprint()
                    + "; nothing was changed; choose another output");
        }
        if (!there.rootHash().equals(mine.rootHash())) {
            throw new ConflictException("cannot publish: the dataset at " + uri + " has the same fingerprint "
                    + there.fingerprint() + " but the root hash " + there.rootHash() + " and this run made "
                    + mine.rootHash()
                    + ", which is a defect; nothing was changed; please report it with both manifests");
        }
    }
}
