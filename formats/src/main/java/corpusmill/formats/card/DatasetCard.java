package corpusmill.formats.card;

import corpusmill.formats.manifest.Manifest;

/** The dataset card: what the dataset is and how to load it. */
public final class DatasetCard {

    /** Its name below the root. */
    public static final String NAME = "README.md";

    private DatasetCard() {}

    /** The text of the card: Markdown behind YAML that names the files of every split. */
    public static String text(Manifest manifest) {
        throw new UnsupportedOperationException(manifest.toString());
    }
}
