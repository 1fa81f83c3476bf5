package corpusmill.jobs;

import corpusmill.formats.storage.Storages;
import corpusmill.jobs.config.ConfigParser;
import corpusmill.jobs.config.JobFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that reads a job file. */
final class JobOptions {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The job file, a path or a URI.")
    private String config = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A value that wins over the file's, such as packing.sequence-length=2048 or input.0.path=raw;"
                    + " may be repeated.")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--print-config", description = "Print every value and where it came from, and end.")
    private boolean printConfig;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Where Spark runs; bin/corpusmill hands over to spark-submit.")
    private String master = "";

    /** Reads the job file. */
    JobFile read() {
        List<String> all = new ArrayList<>(sets);
        if (!master.isEmpty()) {
            all.add("spark.master=\"" + master + '"');
        }
        return read(config, all);
    }

    /** Reads a job file, a path or a URI, with values that win over its own. */
    static JobFile read(String config, List<String> sets) {
        if (config.contains("://")) {
            URI uri = Storages.uri(config);
            return ConfigParser.parse(Storages.open(uri).readAll(uri), config, sets);
        }
        return ConfigParser.parse(Path.of(config), sets);
    }

    /** The command that makes the same dataset; words with anything but plain letters are quoted for a shell. */
    String command() {
        StringBuilder command = new StringBuilder("corpusmill prepare --config ").append(quoted(config));
        sets.forEach(set -> command.append(" --set ").append(quoted(set)));
        return command.append(master.isEmpty() ? "" : " --master " + quoted(master))
                .toString();
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    boolean printConfig() {
        return printConfig;
    }
}
