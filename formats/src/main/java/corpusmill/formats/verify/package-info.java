/** Finds damage in a dataset and names it. */
@NullMarked
package corpusmill.formats.verify;

import org.jspecify.annotations.NullMarked;
