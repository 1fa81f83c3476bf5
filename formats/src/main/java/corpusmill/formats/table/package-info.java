/** The Parquet tables beside the shards. */
@NullMarked
package corpusmill.formats.table;

import org.jspecify.annotations.NullMarked;
