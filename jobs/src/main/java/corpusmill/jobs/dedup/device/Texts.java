package corpusmill.jobs.dedup.device;

/** The texts of a batch, as valid UTF-8, in the memory of the host. May be read by several threads. */
public interface Texts {

    /** Number of texts. */
    int count();

    /** Bytes of a text; 0 for one that is null. */
    int bytes(int index);

    /** A copy of a text; empty for one that is null. */
    byte[] text(int index);
}
