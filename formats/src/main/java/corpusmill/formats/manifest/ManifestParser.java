package corpusmill.formats.manifest;

/** Turns a manifest into JSON text and back. */
public final class ManifestParser {

    /** Bytes a manifest must stay below. */
    public static final int MAX_BYTES = 16 * 1024;

    private ManifestParser() {}

    /** The JSON text: keys in the order of the specification, two blanks of indentation, a line end at the end. */
    public static String toJson(Manifest manifest) {
        throw new UnsupportedOperationException(manifest.toString());
    }

    /**
     * Reads a manifest.
     *
     * @param json UTF-8
     * @param where what messages call it
     * @throws corpusmill.formats.DamagedDatasetException if it is no manifest, or one of another major format
     */
    public static Manifest parse(byte[] json, String where) {
        throw new UnsupportedOperationException(where + json.length);
    }
}
