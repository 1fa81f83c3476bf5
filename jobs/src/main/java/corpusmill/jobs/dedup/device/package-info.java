/** Columns in the memory of a GPU, as far as kernels need them; what a GPU's library does is behind one interface. */
@NullMarked
package corpusmill.jobs.dedup.device;

import org.jspecify.annotations.NullMarked;
