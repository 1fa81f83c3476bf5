/** Where bytes lie: local files, and every store Hadoop has a connector for, behind one small interface. */
@NullMarked
package corpusmill.formats.storage;

import org.jspecify.annotations.NullMarked;
