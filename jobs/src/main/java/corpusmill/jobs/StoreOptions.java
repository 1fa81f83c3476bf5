package corpusmill.jobs;

import corpusmill.formats.ConfigException;
import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.prepare.PrepareJob;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands on a dataset that say how its store is reached: as the run did that made it. */
final class StoreOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A job file whose settings of stores, spark.hadoop.*, are used.")
    private @Nullable String config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A value that wins over that file's; may be repeated.")
    private List<String> sets = new ArrayList<>();

    /** Opens a dataset. */
    Dataset dataset(String root) {
        URI place = Storages.uri(root);
        return Dataset.open(open(place), place);
    }

    /** The store that holds a URI. */
    Storage open(URI uri) {
        return Storages.open(uri, settings());
    }

    /** The settings by Hadoop's names. */
    Map<String, String> settings() {
        if (config == null) {
            if (!sets.isEmpty()) {
                throw new ConfigException(
                        "--set " + sets.get(0) + " changes a job file, but --config names none; give it");
            }
            return Map.of();
        }
        return PrepareJob.storeSettings(JobOptions.read(config, sets).config());
    }
}
