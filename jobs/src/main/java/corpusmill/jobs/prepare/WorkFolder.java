package corpusmill.jobs.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import corpusmill.formats.StorageException;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.storage.StoredFile;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;

/**
 * Results of stages, by name and the fingerprint of all they depend on. A result counts once its {@code stage.json} is
 * there, which is written last and names its files; what a killed run left beside it is never read.
 */
final class WorkFolder {

    private static final String MARKER = "stage.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI root;
    private final Storage storage;
    private final StageClock clock;

    WorkFolder(URI root, Storage storage, StageClock clock) {
        this.root = root;
        this.storage = storage;
        this.clock = clock;
    }

    /** The result of an earlier run, if it is complete and none of its files was taken away or cut since. */
    Optional<StageResult> find(String name, String fingerprint) {
        URI directory = directory(name, fingerprint);
        URI marker = Storages.resolve(directory, MARKER);
        if (storage.stat(marker).isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(storage.readAll(marker));
            List<StageFile> files = new ArrayList<>();
            for (int i = 0; i < json.path("files").size(); i++) {
                String file = json.path("files").path(i).asText();
                Optional<StoredFile> there = storage.stat(Storages.resolve(directory, file));
                long bytes = there.map(StoredFile::bytes).orElse(-1L);
                if (bytes != json.path("bytes").path(i).asLong(bytes) || bytes < 0) {
                    return Optional.empty();
                }
                files.add(new StageFile(file, bytes));
            }
            return Optional.of(new StageResult(
                    name,
                    directory,
                    files,
                    json.path("seconds").asDouble(),
                    json.path("cpu_seconds").asDouble(),
                    true));
        } catch (IOException e) {
            throw new StorageException(
                    "the work folder's " + marker + " is damaged: " + e.getMessage()
                            + "; delete its folder and run again",
                    e);
        }
    }

    /** The result of an earlier run, or made now. */
    StageResult result(String name, String fingerprint, Supplier<? extends Dataset<?>> make) {
        return find(name, fingerprint).orElseGet(() -> make(name, directory(name, fingerprint), Map.of(), make));
    }

    /** The same of rows that are mostly token ids, which shrink by a third: only where the bytes travel. */
    StageResult tokens(String name, String fingerprint, Supplier<? extends Dataset<?>> make) {
        Map<String, String> options = isHere() ? Map.of("compression", "uncompressed") : Map.of();
        return find(name, fingerprint).orElseGet(() -> make(name, directory(name, fingerprint), options, make));
    }

    /** Whether the results lie on this machine. */
    boolean isHere() {
        return "file".equals(root.getScheme());
    }

    private StageResult make(
            String name, URI directory, Map<String, String> options, Supplier<? extends Dataset<?>> make) {
        double seconds = clock.seconds();
        double cpuSeconds = clock.cpuSeconds();
        // A folder for each run: after a restart Spark may cut the rows into other tasks.
        String attempt = "data-" + UUID.randomUUID().toString().substring(0, 8);
        URI data = Storages.resolve(directory, attempt);
        List<StageFile> files = StageCommit.write(make.get(), StageResult.place(data), options).stream()
                .map(file -> new StageFile(attempt + "/" + file.name(), file.bytes()))
                .toList();
        StageResult result = new StageResult(
                name, directory, files, clock.seconds() - seconds, clock.cpuSeconds() - cpuSeconds, false);
        mark(result);
        return result;
    }

    private void mark(StageResult result) {
        ObjectNode json = JSON.createObjectNode();
        json.put("stage", result.name());
        result.files().forEach(file -> json.withArray("files").add(file.name()));
        result.files().forEach(file -> json.withArray("bytes").add(file.bytes()));
        json.put("seconds", result.seconds());
        json.put("cpu_seconds", result.cpuSeconds());
        storage.write(Storages.resolve(result.directory(), MARKER), out -> out.write(JSON.writeValueAsBytes(json)));
    }

    /** The store it lies in. */
    Storage storage() {
        return storage;
    }

    /** Where a result lies or would lie. */
    URI directory(String name, String fingerprint) {
        return Storages.resolve(root, name + "/" + fingerprint);
    }
}
