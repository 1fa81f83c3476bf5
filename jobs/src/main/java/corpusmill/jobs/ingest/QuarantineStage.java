package corpusmill.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.shiftright;

import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.QuarantinedRecord;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bytes of rejected records into files that can be repaired and read again as an input: of JSON lines and web
 * archives one file for each input file, named {@code 00000012.jsonl} by its index; of other formats one file of text
 * for each record. Names depend on the records alone, so a repeated task writes the same files again.
 *
 * @param files the file table
 * @param directory where the files go
 * @param storage its store
 */
public record QuarantineStage(List<SourceFile> files, URI directory, Storage storage) implements Serializable {

    public QuarantineStage {
        files = List.copyOf(files);
    }

    /** Writes the files when the result is written, which lists every rejected record. */
    public Dataset<QuarantinedRecord> apply(Dataset<Ingested> rows) {
        MapPartitionsFunction<Ingested, QuarantinedRecord> write = records -> new Writer(this, records);
        return rows.filter(col("outcome").equalTo(Ingested.REJECTED))
                .repartition(shiftright(col("id"), 40))
                .sortWithinPartitions("id")
                .mapPartitions(write, RecordEncoder.of(QuarantinedRecord.class));
    }

    /** How the records of a file stand in one file of theirs; null if each needs its own. */
    private static @Nullable String ending(SourceFile file) {
        return switch (file.format()) {
            case "jsonl" -> "\n";
            case "warc", "wet" -> "\r\n\r\n";
            default -> null;
        };
    }

    private static final class Writer implements Iterator<QuarantinedRecord> {

        private final QuarantineStage stage;
        private final Iterator<Ingested> records;
        private final Queue<QuarantinedRecord> ready = new ArrayDeque<>();
        private @Nullable Ingested ahead;

        Writer(QuarantineStage stage, Iterator<Ingested> records) {
            this.stage = stage;
            this.records = records;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && (ahead != null || records.hasNext())) {
                Ingested first = ahead == null ? records.next() : ahead;
                ahead = null;
                write(first);
            }
            return !ready.isEmpty();
        }

        @Override
        public QuarantinedRecord next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all rejected records are listed");
            }
            return ready.remove();
        }

        private void write(Ingested first) {
            SourceFile file = file(first);
            byte[] raw = first.raw();
            if (raw == null || raw.length == 0) {
                ready.add(entry(first, file, null, 0));
                return;
            }
            String ending = ending(file);
            String name = ending == null
                    ? String.format(Locale.ROOT, "%08d-%013d.txt", file.index(), DocumentId.offset(first.id()))
                    : String.format(Locale.ROOT, "%08d.%s", file.index(), file.format());
            stage.storage.write(Storages.resolve(stage.directory, name), out -> {
                if (ending == null) {
                    out.write(raw);
                    ready.add(entry(first, file, name, 0));
                } else {
                    all(out, first, name, ending.getBytes(StandardCharsets.UTF_8));
                }
            });
        }

        private SourceFile file(Ingested record) {
            return stage.files.get(
                    DocumentId.file(record.id()) - stage.files.get(0).index());
        }

        // The records of the file whose first is given, until one of another file comes.
        private void all(OutputStream out, Ingested first, String name, byte[] ending) throws IOException {
            SourceFile file = file(first);
            long position = 0;
            Ingested record = first;
            while (record != null && DocumentId.file(record.id()) == file.index()) {
                byte[] raw = record.raw();
                if (raw == null || raw.length == 0) {
                    ready.add(entry(record, file, null, 0));
                } else {
                    out.write(raw);
                    out.write(ending);
                    ready.add(entry(record, file, name, position));
                    position += raw.length + ending.length;
                }
                record = records.hasNext() ? records.next() : null;
            }
            ahead = record;
        }

        private static QuarantinedRecord entry(Ingested record, SourceFile file, @Nullable String name, long position) {
            byte[] raw = record.raw();
            return new QuarantinedRecord(
                    record.id(),
                    file.uri(),
                    DocumentId.offset(record.id()),
                    record.length(),
                    String.valueOf(record.reason()),
                    String.valueOf(record.sha256()),
                    name,
                    position,
                    raw == null ? 0 : raw.length);
        }
    }
}
