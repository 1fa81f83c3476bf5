package corpusmill.jobs;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line; without a command it prints its help. */
@Command(
        name = "corpusmill",
        versionProvider = CorpusmillCommand.VersionText.class,
        description = "Turns raw text corpora into deduplicated, tokenised, sharded Arrow datasets.",
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit codes: 0 done, 1 a defect of Corpusmill, 2 configuration or usage, 3 too much bad input,",
            "4 damaged dataset, 5 storage or network (a retry is useful), 6 another writer published something else.",
            "Example: corpusmill prepare --config jobs/sample/job.yaml"
        },
        subcommands = {
            PrepareCommand.class,
            IngestCommand.class,
            DeduplicateCommand.class,
            TokenizeCommand.class,
            WriteCommand.class,
            PlanCommand.class,
            VerifyCommand.class,
            InspectCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            BenchmarkCommand.class,
            ExportCommand.class,
            DoctorCommand.class,
            GcCommand.class,
            SchemaCommand.class,
            CompletionCommand.class
        })
final class CorpusmillCommand implements Callable<Integer> {

    @SuppressWarnings("UnusedVariable") // set and looked at by picocli
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // set and looked at by picocli
    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    private boolean version;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean verbose;

    @Spec
    private @Nullable CommandSpec spec;

    private final Console console;

    CorpusmillCommand(Console console) {
        this.console = console;
    }

    Console console() {
        return console;
    }

    boolean verbose() {
        return verbose;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(console.out());
        }
        return 2;
    }

    /** Prints program, Java and format. */
    static final class VersionText implements picocli.CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "corpusmill " + Version.text() + " (format " + corpusmill.formats.manifest.Manifest.FORMAT + ", Java "
                        + Runtime.version() + ")"
            };
        }
    }
}
