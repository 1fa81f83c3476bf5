package corpusmill.jobs.flow;

import java.io.Serializable;
import org.apache.spark.sql.Dataset;

/**
 * A step of the flow: typed at its seams, columns or a kernel inside. Implementations are records, immutable, and print
 * their own configuration.
 *
 * @param <I> record that comes in
 * @param <O> record that goes out
 */
@FunctionalInterface
public interface Stage<I, O> extends Serializable {

    /** Describes the work on a dataset; nothing runs before its result is written. */
    Dataset<O> apply(Dataset<I> input);
}
