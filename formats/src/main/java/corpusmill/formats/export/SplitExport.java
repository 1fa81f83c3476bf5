package corpusmill.formats.export;

import corpusmill.formats.dataset.Dataset;
import java.io.IOException;

/** Writes a split in another format. No state. */
interface SplitExport {

    /** Writes the files of a split that has rows. */
    void write(Dataset dataset, String split, ExportFolder out) throws IOException;
}
