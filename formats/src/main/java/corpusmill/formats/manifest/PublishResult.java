package corpusmill.formats.manifest;

/** How publishing ended well. */
public enum PublishResult {
    /** This call made the manifest. */
    PUBLISHED,
    /** A manifest of the same fingerprint and root hash was there. */
    ALREADY_THERE
}
