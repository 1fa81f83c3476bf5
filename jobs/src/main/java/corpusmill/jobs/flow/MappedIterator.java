package corpusmill.jobs.flow;

import java.util.Iterator;
import java.util.function.Function;

/** The results of a function over an iterator, one at a time. */
public final class MappedIterator<I, O> implements Iterator<O> {

    private final Iterator<I> input;
    private final Function<? super I, ? extends O> function;

    public MappedIterator(Iterator<I> input, Function<? super I, ? extends O> function) {
        this.input = input;
        this.function = function;
    }

    @Override
    public boolean hasNext() {
        return input.hasNext();
    }

    @Override
    public O next() {
        return function.apply(input.next());
    }
}
