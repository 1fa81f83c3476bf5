package corpusmill.jobs.report;

/**
 * A removed document beside the one that is kept, in excerpts from where they begin to differ.
 *
 * @param similarity exact Jaccard similarity of the whole documents
 * @param removed id of the removed document
 * @param kept id of the kept one
 * @param removedFrom URI of the file of the removed one
 * @param keptFrom URI of the file of the kept one
 * @param removedText excerpt of the removed one
 * @param keptText excerpt of the kept one
 */
public record DuplicateExample(
        double similarity,
        long removed,
        long kept,
        String removedFrom,
        String keptFrom,
        String removedText,
        String keptText) {

    /** From both texts, of which only excerpts stay. */
    public static DuplicateExample of(double similarity, Side removed, Side kept) {
        Excerpts excerpts = Excerpts.of(removed.text(), kept.text());
        return new DuplicateExample(
                similarity, removed.id(), kept.id(), removed.uri(), kept.uri(), excerpts.first(), excerpts.second());
    }

    /**
     * A document of the two.
     *
     * @param id document id
     * @param uri of its file
     * @param text its text, or the beginning of it
     */
    public record Side(long id, String uri, String text) {}
}
