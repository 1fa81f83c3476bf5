package corpusmill.jobs.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.formats.shard.MegatronIndex;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.storage.StoredFile;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Notes on the shards that are written, one file each, so that a run that goes on behind a killed one does not write them
 * again. A note is made when its shard has its place; one whose shard is gone or has another size counts for nothing.
 *
 * @param folder where the notes of this dataset lie; its name holds the fingerprint
 * @param settings Hadoop settings by their own names
 */
public record FinishedShards(URI folder, Map<String, String> settings) implements Serializable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Notes a shard that has its place. */
    void note(ShardEntry entry) {
        try {
            byte[] json = JSON.writeValueAsBytes(entry);
            String name = String.format(Locale.ROOT, "%s-%06d.json", entry.split(), entry.index());
            Storages.open(folder, settings).write(Storages.resolve(folder, name), out -> out.write(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry of numbers and names is always JSON", e);
        }
    }

    /**
     * Path below the root to entry of every shard that is noted and there.
     *
     * @param dataset the store of the root
     * @param data where the shards lie
     */
    Map<String, ShardEntry> find(Storage dataset, URI root, URI data) {
        Storage notes = Storages.open(folder, settings);
        List<StoredFile> noted = notes.list(folder);
        if (noted.isEmpty()) {
            return Map.of();
        }
        Map<URI, Long> there = new HashMap<>();
        dataset.list(data).forEach(file -> there.put(file.uri(), file.bytes()));
        return noted.parallelStream()
                .flatMap(note -> read(notes, note).stream())
                .filter(entry -> isThere(there, root, entry))
                .collect(Collectors.toMap(ShardEntry::path, entry -> entry));
    }

    private static Optional<ShardEntry> read(Storage notes, StoredFile note) {
        try {
            return Optional.of(JSON.readValue(notes.readAll(note.uri()), ShardEntry.class));
        } catch (IOException e) {
            return Optional.empty(); // the shard is written again
        }
    }

    private static boolean isThere(Map<URI, Long> there, URI root, ShardEntry entry) {
        return there.getOrDefault(Storages.resolve(root, entry.path()), -1L)
                        == entry.summary().bytes()
                && there.containsKey(Storages.resolve(root, MegatronIndex.path(entry.path())));
    }
}
