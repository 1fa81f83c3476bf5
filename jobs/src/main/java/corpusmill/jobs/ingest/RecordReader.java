package corpusmill.jobs.ingest;

import java.io.Closeable;
import java.io.IOException;

/** Reads one part of a file, record by record, in bounded memory. One thread. */
interface RecordReader extends Closeable {

    /**
     * Reads on until something was found or the part ends.
     *
     * @return whether there may be more
     */
    boolean advance(RecordSink sink) throws IOException;

    /** Records seen so far, counted where they are found and not where they are delivered. */
    long records();
}
