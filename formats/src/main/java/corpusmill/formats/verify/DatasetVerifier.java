package corpusmill.formats.verify;

import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.manifest.CommitId;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Looks for damage in a dataset and names each file and kind. Never throws on a damaged dataset, and not on a store that
 * fails either: that is a finding. Safe for concurrent use.
 */
public final class DatasetVerifier {

    private final Storage storage;

    /** Makes a verifier for the datasets of a store. */
    public DatasetVerifier(Storage storage) {
        this.storage = storage;
    }

    /**
     * Verifies a dataset. Reads every byte of it, or with {@link Depth#QUICK} a few KiB of every shard; memory is
     * bounded by the small columns of one shard and the table of shards.
     *
     * @param root the dataset's root
     * @param depth how much is read
     */
    public VerificationReport verify(URI root, Depth depth) {
        Findings findings = new Findings();
        Manifest manifest = manifest(root, findings);
        if (manifest != null) {
            new TableVerification(storage, root, manifest, depth, findings).run();
        }
        return findings.report();
    }

    private @Nullable Manifest manifest(URI root, Findings findings) {
        URI uri = Storages.resolve(root, Manifest.NAME);
        byte @Nullable [] json = findings.guard(Manifest.NAME, () -> {
            if (storage.stat(uri).isEmpty()) {
                findings.add(
                        Finding.Kind.MISSING, Manifest.NAME, "there is no manifest, so there is no dataset at " + root);
                return null;
            }
            return storage.readAll(uri);
        });
        if (json == null) {
            return null;
        }
        findings.read(json.length);
        try {
            Manifest manifest = ManifestParser.parse(json, uri.toString());
            String expected = CommitId.of(json);
            if (!manifest.commitId().equals(expected)) {
                findings.add(
                        Finding.Kind.MANIFEST_EDITED,
                        Manifest.NAME,
                        "the manifest is not the text that was published: its commit id is " + manifest.commitId()
                                + " and its text has " + expected);
            }
            return manifest;
        } catch (DamagedDatasetException e) {
            findings.add(Finding.Kind.MANIFEST_UNREADABLE, Manifest.NAME, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
