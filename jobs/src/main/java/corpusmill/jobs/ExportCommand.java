package corpusmill.jobs;

import corpusmill.formats.export.DatasetExport;
import corpusmill.formats.export.ExportFormat;
import corpusmill.formats.storage.Storages;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Copies a dataset for another loader. */
@Command(
        name = "export",
        description = "Copy a dataset into the format of another loader. pyarrow, Hugging Face datasets, LitData and"
                + " Megatron read the dataset as it is and need none.",
        footer = {"", "Example: corpusmill export out/sample --to mds out/sample-mds"})
final class ExportCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Parameters(index = "0", paramLabel = "DATASET", description = "Root of the dataset, a path or a URI.")
    private String dataset = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "Where the copy goes; must be empty.")
    private String out = "";

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "mds, datatrove or olmo.")
    private ExportFormat format = ExportFormat.MDS;

    @Option(names = "--json", description = "Print one JSON object instead of a sentence.")
    private boolean json;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    public Integer call() {
        URI place = Storages.uri(out);
        DatasetExport.Result result = DatasetExport.run(store.dataset(dataset), format, store.open(place), place);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("out", place.toString());
        object.put("format", format.name().toLowerCase(Locale.ROOT));
        object.put("rows", result.rows());
        object.put("files", result.files());
        object.put("bytes", result.bytes());
        String text = "exported " + TextTable.count(result.rows()) + " rows to " + place + ": "
                + TextTable.count(result.files()) + " files, " + TextTable.count(result.bytes()) + " bytes";
        Objects.requireNonNull(root).console().out().print((json ? Json.line(object) : text) + "\n");
        return 0;
    }
}
