package corpusmill.formats.manifest;

/**
 * What the dataset was made from.
 *
 * @param files number of input files
 * @param bytes their size as they lie
 */
public record InputsEntry(long files, long bytes) {

    public InputsEntry {
        Rules.atLeast("inputs.files", files, 0);
        Rules.atLeast("inputs.bytes", bytes, 0);
    }
}
