/** Where a row lies and when it is read: permutations and splits. */
@NullMarked
package corpusmill.formats.order;

import org.jspecify.annotations.NullMarked;
