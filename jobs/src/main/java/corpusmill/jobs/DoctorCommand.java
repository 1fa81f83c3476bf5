package corpusmill.jobs;

import corpusmill.jobs.config.JobFile;
import corpusmill.jobs.prepare.Examination;
import corpusmill.jobs.upkeep.Diagnosis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Says what would keep a run from working. */
@Command(
        name = "doctor",
        description = {
            "Examine Java, Spark and disk and, of a job file, its tokenizer, input and stores.",
            "Output and work folder are written to for a moment: eight writers race to create a file, twenty times."
                    + " Ends with the exit code that a run would have."
        },
        footer = {"", "Example: corpusmill doctor --config job.yaml"})
final class DoctorCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @ArgGroup(exclusive = false)
    private @Nullable JobOptions job;

    @Option(names = "--json", description = "Print one JSON object instead of the list.")
    private boolean json;

    @Override
    public Integer call() {
        Console console = Objects.requireNonNull(root).console();
        List<Diagnosis> found = new ArrayList<>(Examination.ofEnvironment());
        JobOptions given = job;
        if (given != null) {
            JobFile file = given.read();
            if (given.printConfig()) {
                console.out().print(file.print());
                return 0;
            }
            found.addAll(Examination.of(file.config()));
        }
        console.out().print(json ? Json.line(object(found)) + "\n" : list(found));
        return found.stream()
                .mapToInt(Diagnosis::exitCode)
                .filter(code -> code != 0)
                .findFirst()
                .orElse(0);
    }

    private static String list(List<Diagnosis> found) {
        StringBuilder text = new StringBuilder();
        found.forEach(diagnosis -> text.append(String.format(
                Locale.ROOT,
                "%-8s %-10s %s%n",
                diagnosis.state().name().toLowerCase(Locale.ROOT),
                diagnosis.subject(),
                diagnosis.sentence())));
        return text.toString();
    }

    private static Map<String, Object> object(List<Diagnosis> found) {
        List<Map<String, Object>> rows = new ArrayList<>();
        found.forEach(diagnosis -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("subject", diagnosis.subject());
            row.put("state", diagnosis.state().name().toLowerCase(Locale.ROOT));
            row.put("sentence", diagnosis.sentence());
            row.put("exit_code", diagnosis.exitCode());
            rows.add(row);
        });
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("ok", found.stream().noneMatch(diagnosis -> diagnosis.state() == Diagnosis.State.FAILED));
        object.put("diagnoses", rows);
        return object;
    }
}
