package corpusmill.jobs;

import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.DocumentPiece;
import corpusmill.formats.table.FileEntry;
import corpusmill.formats.table.TableReader;
import corpusmill.formats.table.TableRows;
import corpusmill.formats.table.TableSchema;
import corpusmill.formats.verify.DatasetVerifier;
import corpusmill.formats.verify.Depth;
import corpusmill.formats.verify.Finding;
import corpusmill.jobs.flow.DocumentId;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a test asks of a published dataset of a {@link SmallCorpus}. */
final class PublishedDataset {

    private final @Nullable SmallCorpus corpus;
    private final URI root;
    private final Dataset dataset;
    private final List<FileEntry> files;

    /** A dataset of some other corpus, whose texts are not asked for. */
    PublishedDataset(String root) {
        this(null, root);
    }

    PublishedDataset(@Nullable SmallCorpus corpus, String root) {
        this.corpus = corpus;
        this.root = Storages.uri(root);
        this.dataset = Dataset.open(this.root);
        this.files = dataset.files();
    }

    Manifest manifest() {
        return dataset.manifest();
    }

    List<FileEntry> files() {
        return files;
    }

    List<Finding> findings() {
        return new DatasetVerifier(Storages.open(root)).verify(root, Depth.FULL).findings();
    }

    List<Object[]> rows(TableSchema table) {
        List<Object[]> rows = new ArrayList<>();
        try (TableReader reader = dataset.table(table)) {
            reader.forEachRemaining(rows::add);
        }
        return rows;
    }

    /** The text of the corpus that an id stands for. */
    String text(long id) {
        String uri = files.get(DocumentId.file(id)).uri();
        String path = URI.create(uri).getPath();
        return Objects.requireNonNull(corpus).text(path.substring(path.lastIndexOf('/') + 1), DocumentId.offset(id));
    }

    /** The tokens of every document, put together from its pieces. */
    SortedMap<Long, int[]> tokens() {
        SortedMap<Long, int[]> tokens = new TreeMap<>();
        for (Object[] row : rows(TableSchema.DOCUMENTS)) {
            DocumentPiece piece = TableRows.piece(row);
            PackedSequence sequence = dataset.row(piece.split(), piece.row());
            int[] ids = Arrays.copyOfRange(
                    sequence.ids(manifest().tokenType()), piece.start(), piece.start() + piece.length());
            tokens.merge(
                    piece.id(),
                    ids,
                    (before, more) -> IntStream.concat(Arrays.stream(before), Arrays.stream(more))
                            .toArray());
        }
        return tokens;
    }
}
