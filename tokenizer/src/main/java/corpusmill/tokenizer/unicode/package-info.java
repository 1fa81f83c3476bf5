/** Unicode 16.0 tables of the project's own, so that JDK 17 and 25 classify every code point alike. */
@NullMarked
package corpusmill.tokenizer.unicode;

import org.jspecify.annotations.NullMarked;
