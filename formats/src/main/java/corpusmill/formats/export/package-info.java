/** Copies of a dataset in the formats of other loaders. */
@NullMarked
package corpusmill.formats.export;

import org.jspecify.annotations.NullMarked;
