@NullMarked
package corpusmill.jobs.pack;

import org.jspecify.annotations.NullMarked;
