/** Documents' tokens to rows of one length. */
@NullMarked
package corpusmill.jobs.pack;

import org.jspecify.annotations.NullMarked;
