/** Recall on a sample: exact comparison of a few documents with very many, without signatures. */
@NullMarked
package corpusmill.jobs.dedup.recall;

import org.jspecify.annotations.NullMarked;
