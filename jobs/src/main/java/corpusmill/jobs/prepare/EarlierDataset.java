package corpusmill.jobs.prepare;

import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.TableReader;
import corpusmill.formats.table.TableSchema;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * A dataset whose documents must not come again. Immutable.
 *
 * @param root where it lies
 * @param manifest what was published there
 * @param firstFile index of its first input file, as its own ids say
 * @param shift what is added to its indices here
 */
record EarlierDataset(URI root, Manifest manifest, int firstFile, int shift) {

    /**
     * Opens one that keeps its numbers.
     *
     * @throws corpusmill.formats.CorpusException if there is no dataset, or its table of files cannot be read
     */
    static EarlierDataset open(URI root, Map<String, String> hadoop) {
        Dataset dataset = Dataset.open(Storages.open(root, hadoop), root);
        try (TableReader files = dataset.table(TableSchema.FILES)) {
            return new EarlierDataset(root, dataset.manifest(), files.hasNext() ? (int) files.next()[0] : 0, 0);
        }
    }

    /** The same with other numbers. */
    EarlierDataset shifted(int by) {
        return new EarlierDataset(root, manifest, firstFile, by);
    }

    /** Index of its first file here. */
    int first() {
        return firstFile + shift;
    }

    /** Index behind its last file here. */
    int end() {
        return Math.addExact(first(), files());
    }

    /** Its input files. */
    int files() {
        return Math.toIntExact(manifest.inputs().files());
    }

    boolean overlaps(EarlierDataset other) {
        return first() < other.end() && other.first() < end();
    }

    /** What is added to its ids here. */
    long idShift() {
        return (long) shift << 40;
    }

    /** A value of its configuration by the dotted key; empty if it has none. */
    String setting(String key) {
        Object value = manifest.configuration();
        for (String name : key.split("\\.", -1)) {
            value = value instanceof Map<?, ?> group ? group.get(name) : null;
        }
        return value == null ? "" : value.toString();
    }

    /** Where a table lies. */
    URI table(TableSchema schema) {
        return Storages.resolve(root, Objects.requireNonNull(manifest.meta().get(schema.name())));
    }

    /** Its row in the table {@code earlier}. */
    Object[] row() {
        return new Object[] {manifest.fingerprint(), root.toString(), first(), files(), shift};
    }
}
