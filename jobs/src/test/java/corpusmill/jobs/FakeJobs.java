package corpusmill.jobs;

import corpusmill.jobs.config.PrepareConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Jobs that remember what they were asked, and fail when told to. */
final class FakeJobs implements Jobs {

    final List<PrepareConfig> configs = new ArrayList<>();
    final List<RunOptions> options = new ArrayList<>();
    private final @Nullable Throwable failure;

    FakeJobs() {
        this(null);
    }

    FakeJobs(@Nullable Throwable failure) {
        this.failure = failure;
    }

    @Override
    public RunSummary prepare(PrepareConfig config, RunOptions run) {
        configs.add(config);
        options.add(run);
        fail();
        run.progress().line("ingest 1,200 documents");
        run.progress().tasks("near: pairs", 3, 1400);
        Map<String, Long> dropped = new LinkedHashMap<>();
        dropped.put("INVALID_JSON", 30L);
        dropped.put("TOO_SHORT", 4L);
        return new RunSummary(
                config.output().toString(),
                "0123456789ab",
                false,
                List.of(
                        new StageSummary("ingest", 1234, 1200, dropped, 1.25, 2.5, false),
                        new StageSummary("exact", 1200, 1200, Map.of(), 0.5, 0.5, true)),
                Map.of("ingest", new TreeMap<>(Map.of("GetObject", 3L, "PutObject", 4L))));
    }

    @Override
    public PlanSummary plan(PrepareConfig config) {
        configs.add(config);
        fail();
        return new PlanSummary(
                config.output().toString(),
                "0123456789ab",
                false,
                List.of(),
                List.of(new PlanSummary.Source("web", 3, 4096)),
                List.of(new PlanSummary.Step("ingest", true), new PlanSummary.Step("exact", false)),
                12345,
                2345,
                67,
                Map.of("ingest", new TreeMap<>(Map.of("GetObject", 60L, "PutObject", 7L))));
    }

    @Override
    public URI report(URI dataset, Map<String, String> settings) {
        fail();
        return URI.create(dataset + "/report.html");
    }

    private void fail() {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }
}
