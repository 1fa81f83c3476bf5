package corpusmill.formats.table;

/**
 * Where a piece of a document lies.
 *
 * @param id document id
 * @param split name of the split
 * @param row place within the split
 * @param start first token within the row
 * @param length tokens
 */
public record DocumentPiece(long id, String split, long row, int start, int length) {}
