package corpusmill.jobs;

import corpusmill.formats.ConfigException;
import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SourceEntry;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.table.DocumentPiece;
import corpusmill.formats.table.FileEntry;
import corpusmill.formats.table.TableReader;
import corpusmill.formats.table.TableSchema;
import corpusmill.jobs.flow.DocumentId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Views into a dataset, as text.
 *
 * @param dataset the dataset
 * @param text shows ids
 */
record Inspection(Dataset dataset, TokenText text) {

    /** What the dataset holds. */
    String overview() {
        Manifest manifest = dataset.manifest();
        TextTable splits = new TextTable("split", "documents", "rows", "tokens", "padding", "shards");
        manifest.splits()
                .forEach((name, split) -> splits.row(
                        name,
                        TextTable.count(split.documents()),
                        TextTable.count(split.rows()),
                        TextTable.count(split.tokens()),
                        TextTable.count(split.padTokens()),
                        TextTable.count(split.shards())));
        TextTable sources = new TextTable("source", "documents", "tokens");
        manifest.sources()
                .forEach(source -> sources.row(
                        source.name(), TextTable.count(source.documents()), TextTable.count(source.tokens())));
        TextTable ledger = new TextTable("stage", "in", "out", "dropped");
        manifest.ledger()
                .forEach((stage, entry) -> ledger.row(
                        stage,
                        TextTable.count(entry.in()),
                        TextTable.count(entry.out()),
                        entry.dropped().toString()));
        return "fingerprint  " + manifest.fingerprint() + "\nroot hash    " + manifest.rootHash()
                + "\ntokenizer    " + manifest.tokenizer().name() + ", "
                + manifest.tokenType().dtype() + "\n\n"
                + splits + "\n" + sources + "\n" + ledger;
    }

    /** Every piece of a document, where it came from, and what deduplication decided on it. */
    String document(long id) {
        if (id < 0) {
            throw new ConfigException("--document must be at least 0 but was " + id);
        }
        StringBuilder view = new StringBuilder(origin(id));
        List<DocumentPiece> pieces = dataset.pieces(id);
        String evidence = evidence(id);
        view.append(evidence);
        if (pieces.isEmpty() && evidence.isEmpty()) {
            view.append("not in the dataset, and not removed as a duplicate; look for it in meta/rejected.parquet\n");
        }
        for (DocumentPiece piece : pieces) {
            view.append(place(piece))
                    .append(tokens(dataset.row(piece.split(), piece.row()), piece))
                    .append('\n');
        }
        return view.toString();
    }

    /** The row of evidence that removed a document, or how many others were removed in its favour. */
    private String evidence(long id) {
        try (TableReader removed = dataset.table(TableSchema.REMOVED).only("removed", id, id)) {
            while (removed.hasNext()) {
                Object[] row = removed.next();
                if ((long) row[0] == id) {
                    return String.format(
                            Locale.ROOT,
                            "  removed as %s duplicate, similarity %s, in favour of\n  %s  a cluster of %d documents\n",
                            row[2],
                            row[3],
                            origin((long) row[1]),
                            (long) row[5]);
                }
            }
        }
        try (TableReader removed = dataset.table(TableSchema.REMOVED).only("kept", id, id)) {
            while (removed.hasNext()) {
                Object[] row = removed.next();
                if ((long) row[1] == id) {
                    return "  stands for a cluster of " + row[5] + " documents\n";
                }
            }
        }
        return "";
    }

    /** Every piece in a row, and where each came from. */
    String row(String split, long place) {
        SplitEntry entry = dataset.manifest().splits().get(split);
        if (entry == null) {
            throw new ConfigException("--split must be one of "
                    + String.join(", ", dataset.manifest().splits().keySet()) + " but was '" + split + "'");
        }
        if (place < 0 || place >= entry.rows()) {
            throw new ConfigException(
                    "--row must be in [0, " + entry.rows() + ") in the split " + split + " but was " + place);
        }
        PackedSequence row = dataset.row(split, place);
        StringBuilder view = new StringBuilder("row " + place + " of " + split + ", " + row.valid() + " tokens, source "
                + source(row.source()) + "\n");
        for (DocumentPiece piece : dataset.piecesOfRow(split, place)) {
            view.append('\n')
                    .append(origin(piece.id()))
                    .append(place(piece))
                    .append(tokens(row, piece))
                    .append('\n');
        }
        return view.toString();
    }

    /** What became of an input file. */
    String source(String uri) {
        List<FileEntry> found = dataset.files().stream()
                .filter(file -> file.uri().endsWith(uri))
                .toList();
        if (found.isEmpty()) {
            throw new ConfigException("--source " + uri
                    + ": no input file of the dataset ends so; all are in meta/files.parquet, the first is "
                    + dataset.files().stream().map(FileEntry::uri).findFirst().orElse("missing"));
        }
        TextTable table = new TextTable("file", "uri", "source", "records", "documents", "rejected", "reasons");
        found.forEach(file -> table.row(
                Integer.toString(file.index()),
                file.uri(),
                file.source(),
                TextTable.count(file.records()),
                TextTable.count(file.documents()),
                TextTable.count(file.rejected()),
                file.reasons()));
        return table.toString();
    }

    private String origin(long id) {
        int index = DocumentId.file(id);
        String uri = dataset.files().stream()
                .filter(file -> file.index() == index)
                .map(FileEntry::uri)
                .findFirst()
                .orElse("no such file, index " + index);
        return "document " + id + " from " + uri + " at " + DocumentId.offset(id) + "\n";
    }

    private String source(int id) {
        return dataset.manifest().sources().stream()
                .filter(source -> source.id() == id)
                .map(SourceEntry::name)
                .findFirst()
                .orElse("unknown " + id);
    }

    private static String place(DocumentPiece piece) {
        return "  " + piece.split() + " row " + piece.row() + ", tokens " + piece.start() + " to "
                + (piece.start() + piece.length()) + "\n";
    }

    private String tokens(PackedSequence row, DocumentPiece piece) {
        int[] ids = row.ids(dataset.manifest().tokenType());
        return text.of(Arrays.copyOfRange(ids, piece.start(), piece.start() + piece.length()));
    }
}
