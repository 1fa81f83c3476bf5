package corpusmill.formats.export;

import corpusmill.formats.ConfigException;
import corpusmill.formats.StorageException;
import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Copies a dataset into the format of another loader, split by split. Memory: the small columns of one shard. */
public final class DatasetExport {

    private DatasetExport() {}

    /**
     * What was written.
     *
     * @param rows rows copied
     * @param files files written
     * @param bytes their size together
     */
    public record Result(long rows, long files, long bytes) {}

    /**
     * Copies every split that has rows into a directory of its name. The same dataset gives the same bytes.
     *
     * @param out an empty place
     * @throws ConfigException if something lies there already
     */
    public static Result run(Dataset dataset, ExportFormat format, Storage storage, URI out) {
        if (!storage.list(out).isEmpty()) {
            throw new ConfigException("cannot export to " + out + ": there are files already; give an empty directory,"
                    + " or remove what an earlier export left");
        }
        ExportFolder folder = new ExportFolder(storage, out);
        long rows = 0;
        for (Map.Entry<String, SplitEntry> split : dataset.manifest().splits().entrySet()) {
            if (split.getValue().rows() > 0) {
                try {
                    format.export().write(dataset, split.getKey(), folder);
                } catch (IOException e) {
                    throw new StorageException("cannot export to " + out + ": " + e.getMessage() + "; try again", e);
                }
                rows += split.getValue().rows();
            }
        }
        return new Result(rows, folder.files(), folder.bytes());
    }
}
