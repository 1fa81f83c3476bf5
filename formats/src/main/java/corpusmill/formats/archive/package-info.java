/** The rows of a shard a second time, as Parquet for SQL engines and for those that read no Arrow. */
@NullMarked
package corpusmill.formats.archive;

import org.jspecify.annotations.NullMarked;
