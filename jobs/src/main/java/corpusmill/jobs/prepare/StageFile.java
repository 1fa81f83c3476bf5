package corpusmill.jobs.prepare;

import java.io.Serializable;

/**
 * A file of a stage's result.
 *
 * @param name below the directory of the result
 * @param bytes its size
 */
record StageFile(String name, long bytes) implements Serializable {}
