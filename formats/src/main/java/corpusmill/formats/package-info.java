/** Bytes on disk and where they lie. */
@NullMarked
package corpusmill.formats;

import org.jspecify.annotations.NullMarked;
