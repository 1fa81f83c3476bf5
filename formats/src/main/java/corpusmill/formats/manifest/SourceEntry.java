package corpusmill.formats.manifest;

/**
 * A mixture component.
 *
 * @param id as in the column {@code source}, in [0, 65535]
 * @param name as in the job file
 * @param documents documents in the dataset
 * @param tokens tokens in the dataset
 */
public record SourceEntry(int id, String name, long documents, long tokens) {

    public SourceEntry {
        Rules.range("sources.id", id, 0, 0xffff);
        Rules.atLeast("sources.documents", documents, 0);
        Rules.atLeast("sources.tokens", tokens, 0);
    }
}
