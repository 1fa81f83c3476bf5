package corpusmill.jobs.dedup.device;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Columns that are closed together, the last first, whatever happens between. A plugin that ran out of memory calls a
 * kernel again, and counts on finding nothing left of the first call. Not thread-safe.
 *
 * @param <C> a column in the memory of the device
 */
public final class OpenColumns<C> implements AutoCloseable {

    private final Device<C> device;
    private final Deque<C> open = new ArrayDeque<>();

    public OpenColumns(Device<C> device) {
        this.device = device;
    }

    /** Takes a column over, and gives it back for use. */
    public C add(C column) {
        open.push(column);
        return column;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            device.close(open.pop());
        }
    }
}
