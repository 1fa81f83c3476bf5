/** Reads a published dataset: rows, documents, tables. */
@NullMarked
package corpusmill.formats.dataset;

import org.jspecify.annotations.NullMarked;
