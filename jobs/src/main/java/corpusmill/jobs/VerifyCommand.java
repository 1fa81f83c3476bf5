package corpusmill.jobs;

import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.StorageException;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.verify.DatasetVerifier;
import corpusmill.formats.verify.Depth;
import corpusmill.formats.verify.Finding;
import corpusmill.formats.verify.VerificationReport;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

/** Looks for damage. */
@Command(
        name = "verify",
        description = "Look for damage in a dataset; list it by file. Ends with 4 when there is any.",
        footer = {"", "Example: corpusmill verify out/sample --quick"})
final class VerifyCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Parameters(paramLabel = "DATASET", description = "Root of the dataset, a path or a URI.")
    private String dataset = "";

    @Option(names = "--quick", description = "Read the manifest, sizes, headers and footers only.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON object instead of the list.")
    private boolean json;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    public Integer call() {
        Console console = Objects.requireNonNull(root).console();
        URI place = Storages.uri(dataset);
        VerificationReport report =
                new DatasetVerifier(store.open(place)).verify(place, quick ? Depth.QUICK : Depth.FULL);
        console.out().print(json ? Json.line(object(place, report)) + "\n" : list(place, report));
        if (report.ok()) {
            return 0;
        }
        console.out().flush();
        String count = report.findings().size() + (report.findings().size() == 1 ? " finding" : " findings");
        if (report.findings().stream().allMatch(finding -> finding.kind() == Finding.Kind.UNREADABLE)) {
            throw new StorageException(place + ": " + count + ", all because the store failed; try again");
        }
        throw new DamagedDatasetException(place + ": the dataset is damaged, " + count
                + "; restore these files from a copy, or prepare it again with another output");
    }

    private static String list(URI place, VerificationReport report) {
        StringBuilder text = new StringBuilder();
        report.findings()
                .forEach(finding -> text.append(finding.path())
                        .append(": ")
                        .append(finding.kind())
                        .append(": ")
                        .append(finding.sentence())
                        .append('\n'));
        return text + (report.ok() ? "whole: " : "damaged: ") + place + ", " + TextTable.count(report.files())
                + " files, " + TextTable.count(report.bytes()) + " bytes read\n";
    }

    private static Map<String, Object> object(URI place, VerificationReport report) {
        List<Map<String, Object>> findings = new ArrayList<>();
        for (Finding finding : report.findings()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
            object.put("path", finding.path());
            object.put("sentence", finding.sentence());
            findings.add(object);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("dataset", place.toString());
        object.put("ok", report.ok());
        object.put("files", report.files());
        object.put("bytes", report.bytes());
        object.put("findings", findings);
        return object;
    }
}
