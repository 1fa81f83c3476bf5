package corpusmill.jobs.upkeep;

import java.net.URI;
import java.util.List;

/**
 * Something that no finished result needs.
 *
 * @param place the folder or file, for a person
 * @param kind what it is
 * @param files what to delete
 * @param bytes of the files
 */
public record Leftover(URI place, Kind kind, List<URI> files, long bytes) {

    public Leftover {
        files = List.copyOf(files);
    }

    /** What a leftover is. */
    public enum Kind {
        /** Shards and tables of a dataset that no manifest names. */
        UNPUBLISHED_DATA("shards and tables that no manifest names"),
        /** A file that its writer never finished. */
        UNFINISHED_FILE("a file that was never finished"),
        /** Files of a stage's attempt that did not end. */
        UNFINISHED_STAGE("an attempt of a stage that did not end"),
        /** Parts of a file that a store holds and bills, without a file. */
        UNFINISHED_UPLOAD("an upload that was never finished");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }

        /** What it is, for a person. */
        public String sentence() {
            return sentence;
        }
    }
}
