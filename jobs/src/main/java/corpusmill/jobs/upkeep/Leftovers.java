package corpusmill.jobs.upkeep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.storage.StoredFile;
import corpusmill.formats.storage.UnfinishedUpload;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what killed runs left in a dataset or in a work folder. Only what Corpusmill itself names is looked at: files
 * below {@code data/FINGERPRINT/}, below {@code STAGE/FINGERPRINT/data-ATTEMPT/}, parts {@code .NAME.UUID.part}, and
 * uploads. What a manifest or a finished stage names is never a leftover, nor is a folder of which one file is younger
 * than the grace time: a run may be at work there.
 *
 * @param storage of the root
 * @param root of a dataset or of a work folder
 * @param before what was written since is left alone
 */
public record Leftovers(Storage storage, URI root, Instant before) {

    private static final Pattern DATA = Pattern.compile("data/[0-9a-f]{12}/.+", Pattern.DOTALL);
    private static final Pattern ATTEMPT =
            Pattern.compile("([a-z-]+/[0-9a-f]{12})/(data-[0-9a-f]{8})/.+", Pattern.DOTALL);
    private static final Pattern PART =
            Pattern.compile("(?:.*/)?\\.[^/]+\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part", Pattern.DOTALL);
    private static final String STAGE = "stage.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Lists leftovers; changes nothing.
     *
     * @throws DamagedDatasetException if the manifest cannot be read, since then nobody knows what it names
     */
    public List<Leftover> find() {
        Map<String, StoredFile> files = new TreeMap<>();
        String base = root.getPath().endsWith("/") ? root.getPath() : root.getPath() + "/";
        for (StoredFile file : storage.list(root)) {
            if (file.uri().getPath().startsWith(base)) {
                files.put(file.uri().getPath().substring(base.length()), file);
            }
        }
        // Read behind the listing: what was committed in between is seen.
        Set<String> named = named(files);
        Map<String, List<StoredFile>> folders = new LinkedHashMap<>();
        Map<String, Leftover.Kind> kinds = new LinkedHashMap<>();
        files.forEach((path, file) -> {
            Matcher attempt = ATTEMPT.matcher(path);
            if (named.contains(path)) {
                return;
            }
            if (PART.matcher(path).matches()) {
                add(folders, kinds, path, Leftover.Kind.UNFINISHED_FILE, file);
            } else if (DATA.matcher(path).matches()) {
                String folder = path.substring(0, "data/".length() + 12);
                if (named.stream().anyMatch(name -> name.startsWith(folder + "/"))) {
                    return; // beside published shards: such as their indexes for other loaders
                }
                add(folders, kinds, folder, Leftover.Kind.UNPUBLISHED_DATA, file);
            } else if (attempt.matches()) {
                String folder = attempt.group(1) + "/" + attempt.group(2);
                add(folders, kinds, folder, Leftover.Kind.UNFINISHED_STAGE, file);
            }
        });
        List<Leftover> found = new ArrayList<>();
        folders.forEach((folder, left) -> {
            if (left.stream().allMatch(file -> storage.modified(file).isBefore(before))) {
                found.add(new Leftover(
                        Storages.resolve(root, folder),
                        kinds.getOrDefault(folder, Leftover.Kind.UNFINISHED_FILE),
                        left.stream().map(StoredFile::uri).toList(),
                        left.stream().mapToLong(StoredFile::bytes).sum()));
            }
        });
        return found;
    }

    private static void add(
            Map<String, List<StoredFile>> folders,
            Map<String, Leftover.Kind> kinds,
            String folder,
            Leftover.Kind kind,
            StoredFile file) {
        folders.computeIfAbsent(folder, name -> new ArrayList<>()).add(file);
        kinds.put(folder, kind);
    }

    /** Uploads that were begun before the grace time and are still open. */
    public List<UnfinishedUpload> uploads() {
        return storage.unfinishedUploads(root).stream()
                .filter(upload -> upload.started().isBefore(before))
                .toList();
    }

    /** Deletes; of a dataset only what is still a leftover by the manifest that is there now. */
    public void delete(Leftover leftover) {
        Set<String> named = named(Map.of());
        for (URI file : leftover.files()) {
            if (!named.contains(
                    file.getPath().substring(root.getPath().length()).replaceFirst("^/", ""))) {
                storage.delete(file);
            }
        }
    }

    private Set<String> named(Map<String, StoredFile> files) {
        Set<String> named = new TreeSet<>();
        URI uri = Storages.resolve(root, Manifest.NAME);
        if (storage.stat(uri).isPresent()) {
            Manifest manifest = ManifestParser.parse(storage.readAll(uri), uri.toString());
            named.addAll(manifest.meta().values());
            named.addAll(manifest.checksums().keySet());
            manifest.splits().values().forEach(split -> {
                for (int shard = 0; shard < split.shards(); shard++) {
                    named.add(split.path(shard));
                }
            });
        }
        files.keySet().stream().filter(path -> path.endsWith("/" + STAGE)).forEach(path -> {
            String folder = path.substring(0, path.length() - STAGE.length());
            stage(Storages.resolve(root, path)).forEach(file -> named.add(folder + file));
        });
        return named;
    }

    private List<String> stage(URI marker) {
        try {
            List<String> names = new ArrayList<>();
            JsonNode stage = JSON.readTree(storage.readAll(marker));
            stage.path("files").forEach(file -> names.add(file.asText()));
            return names;
        } catch (IOException e) {
            throw new DamagedDatasetException(
                    "the work folder's " + marker + " is damaged: " + e.getMessage()
                            + "; delete its folder, then look for leftovers again",
                    e);
        }
    }
}
