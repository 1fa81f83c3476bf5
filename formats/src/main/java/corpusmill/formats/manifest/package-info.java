/** The manifest: what it holds, its JSON text, and the one step that publishes a dataset. */
@NullMarked
package corpusmill.formats.manifest;

import org.jspecify.annotations.NullMarked;
