@NullMarked
package corpusmill.jobs.tokenize;

import org.jspecify.annotations.NullMarked;
