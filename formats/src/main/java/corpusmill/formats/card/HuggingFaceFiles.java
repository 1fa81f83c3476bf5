package corpusmill.formats.card;

import corpusmill.formats.manifest.Manifest;
import java.util.Map;

/** Side files with which {@code datasets.load_from_disk} opens a split over the shards as they lie. */
public final class HuggingFaceFiles {

    private HuggingFaceFiles() {}

    /**
     * The side files of every split.
     *
     * @param manifest its checksums are not looked at
     * @return path relative to the root to content
     */
    public static Map<String, String> of(Manifest manifest) {
        throw new UnsupportedOperationException(manifest.toString());
    }
}
