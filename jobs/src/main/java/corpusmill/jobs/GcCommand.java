package corpusmill.jobs;

import corpusmill.formats.ConfigException;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.storage.UnfinishedUpload;
import corpusmill.jobs.upkeep.Leftover;
import corpusmill.jobs.upkeep.Leftovers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Removes what killed runs left. */
@Command(
        name = "gc",
        description = {
            "List what killed runs left in a dataset or a work folder: data that no manifest names, attempts of"
                    + " stages, unfinished files and uploads. Deletes nothing without --delete, and never what a manifest"
                    + " names.",
            "A run that resumes needs nothing that is listed, but no run may be at work in the folder."
        },
        footer = {"", "Example: corpusmill gc out/sample --delete"})
final class GcCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Parameters(paramLabel = "DATASET-OR-WORK", description = "Root of a dataset or of a work folder, a path or a URI.")
    private String place = "";

    @Option(names = "--delete", description = "Delete what is listed.")
    private boolean delete;

    @Option(
            names = "--grace-hours",
            paramLabel = "HOURS",
            defaultValue = "24",
            description = "Leave alone what was written in so many hours (default: ${DEFAULT-VALUE}).")
    private int graceHours;

    @Option(names = "--json", description = "Print one JSON object instead of the list.")
    private boolean json;

    @Override
    public Integer call() {
        if (graceHours < 0) {
            throw new ConfigException(
                    "--grace-hours must be 0 or more but was " + graceHours + "; give the hours a run may take");
        }
        Console console = Objects.requireNonNull(root).console();
        URI uri = Storages.uri(place);
        Storage storage = Storages.open(uri);
        Leftovers leftovers = new Leftovers(storage, uri, Instant.now().minus(Duration.ofHours(graceHours)));
        List<Leftover> found = leftovers.find();
        List<UnfinishedUpload> uploads = leftovers.uploads();
        if (delete) {
            found.forEach(leftovers::delete);
            uploads.forEach(storage::abort);
        }
        console.out().print(json ? Json.line(object(uri, found, uploads)) + "\n" : list(uri, found, uploads));
        return 0;
    }

    private String list(URI uri, List<Leftover> found, List<UnfinishedUpload> uploads) {
        StringBuilder text = new StringBuilder();
        found.forEach(leftover -> text.append(leftover.place())
                .append(": ")
                .append(leftover.kind().sentence())
                .append(", ")
                .append(TextTable.count(leftover.files().size()))
                .append(leftover.files().size() == 1 ? " file, " : " files, ")
                .append(TextTable.count(leftover.bytes()))
                .append(" bytes\n"));
        uploads.forEach(upload -> text.append(upload.uri())
                .append(": ")
                .append(Leftover.Kind.UNFINISHED_UPLOAD.sentence())
                .append(", begun ")
                .append(upload.started())
                .append('\n'));
        String end = found.isEmpty() && uploads.isEmpty()
                ? "nothing is left over in "
                : delete ? "deleted from " : "delete these with --delete: ";
        return text + end + uri + ", " + TextTable.count(bytes(found)) + " bytes\n";
    }

    private static long bytes(List<Leftover> found) {
        return found.stream().mapToLong(Leftover::bytes).sum();
    }

    private Map<String, Object> object(URI uri, List<Leftover> found, List<UnfinishedUpload> uploads) {
        List<Map<String, Object>> rows = new ArrayList<>();
        found.forEach(leftover ->
                rows.add(row(leftover.place(), leftover.kind(), leftover.files().size(), leftover.bytes())));
        uploads.forEach(upload -> rows.add(row(upload.uri(), Leftover.Kind.UNFINISHED_UPLOAD, 0, 0)));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("root", uri.toString());
        object.put("deleted", delete);
        object.put("bytes", bytes(found));
        object.put("leftovers", rows);
        return object;
    }

    private static Map<String, Object> row(URI place, Leftover.Kind kind, int files, long bytes) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("place", place.toString());
        row.put("kind", kind.name().toLowerCase(Locale.ROOT));
        row.put("files", files);
        row.put("bytes", bytes);
        return row;
    }
}
