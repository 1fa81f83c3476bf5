package corpusmill.jobs.shard;

import corpusmill.formats.shard.MegatronIndex;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardLayout;
import corpusmill.formats.shard.ShardSummary;
import corpusmill.formats.shard.ShardWriter;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the shards of a task, one after another, from rows in the order of split, shard and row. A shard's name depends
 * on its place alone: an attempt that is repeated writes the same bytes to the same name.
 *
 * @param ends split → shard → number of {@code doc_ends} values
 */
record ShardTask(WriteShardsStage stage, ShardPlan plan, Map<String, Map<Integer, Long>> ends) implements Serializable {

    Iterator<ShardEntry> write(Iterator<PlacedRow> rows) {
        return new Entries(this, rows);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Written(ShardSummary summary, byte[] index) {}

    private static final class Entries implements Iterator<ShardEntry> {
        private final ShardTask task;
        private final Storage storage;
        private final Iterator<PlacedRow> rows;
        private @Nullable PlacedRow ahead;

        Entries(ShardTask task, Iterator<PlacedRow> rows) {
            this.task = task;
            this.rows = rows;
            this.storage = Storages.open(task.stage.root(), task.stage.settings());
        }

        @Override
        public boolean hasNext() {
            return ahead != null || rows.hasNext();
        }

        @Override
        public ShardEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            PlacedRow first = ahead == null ? rows.next() : ahead;
            String path = task.stage.path(first.split(), first.shard());
            Written[] written = new Written[1];
            storage.write(
                    Storages.resolve(task.stage.root(), path), out -> written[0] = stream(out, first, layout(first)));
            storage.write(
                    Storages.resolve(task.stage.root(), MegatronIndex.path(path)), out -> out.write(written[0].index));
            ShardEntry entry = new ShardEntry(path, first.split(), first.shard(), written[0].summary);
            task.stage.finished().note(entry);
            return entry;
        }

        private ShardLayout layout(PlacedRow row) {
            Map<Integer, Long> ends = Objects.requireNonNull(task.ends.get(row.split()));
            return new ShardLayout(
                    task.stage.layout().sequenceLength(),
                    task.stage.layout().type(),
                    task.plan.split(row.split()).rowsOf(row.shard()),
                    Objects.requireNonNull(ends.get(row.shard())));
        }

        private Written stream(OutputStream out, PlacedRow first, ShardLayout layout) throws IOException {
            try (ShardWriter writer = new ShardWriter(out, layout)) {
                PlacedRow row = first;
                for (long expected = 0; ; expected++) {
                    if (row.row() != expected) {
                        throw new IllegalStateException("shard " + first.shard() + " of " + first.split() + ": row "
                                + expected + " was expected but row " + row.row() + " came");
                    }
                    writer.write(new PackedSequence(row.tokens(), row.ends(), row.first(), row.valid(), row.source()));
                    ahead = rows.hasNext() ? rows.next() : null;
                    if (ahead == null
                            || ahead.shard() != first.shard()
                            || !ahead.split().equals(first.split())) {
                        return new Written(writer.finish(), writer.megatronIndex());
                    }
                    row = ahead;
                }
            }
        }
    }
}
