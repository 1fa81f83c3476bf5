package corpusmill.formats.storage;

import java.io.IOException;
import java.io.OutputStream;

/** Produces the content of a file. */
@FunctionalInterface
public interface ContentWriter {

    /**
     * Writes the whole content. It need not close the stream.
     *
     * @param out where the content goes
     * @throws IOException if the content cannot be made or taken; then no file appears
     */
    void writeTo(OutputStream out) throws IOException;
}
