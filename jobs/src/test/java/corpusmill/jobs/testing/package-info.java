/** What tests that run Spark share: a session, an S3 server, a comparer of datasets. */
@NullMarked
package corpusmill.jobs.testing;

import org.jspecify.annotations.NullMarked;
