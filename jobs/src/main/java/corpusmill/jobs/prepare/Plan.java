package corpusmill.jobs.prepare;

import corpusmill.jobs.flow.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run would do.
 *
 * @param fingerprint of the dataset
 * @param upToDate whether the dataset is there already
 * @param earlier fingerprints of the earlier datasets
 * @param sources names of the mixture components
 * @param files the file table
 * @param stages stage → whether its result is in the work folder
 * @param forecast what it would ask of the stores
 */
public record Plan(
        String fingerprint,
        boolean upToDate,
        List<String> earlier,
        List<String> sources,
        List<SourceFile> files,
        Map<String, Boolean> stages,
        Forecast forecast) {

    static Plan of(Run run) {
        Fingerprints prints = run.fingerprints();
        Map<String, Boolean> stages = new LinkedHashMap<>();
        stages.put(
                "ingest", run.work().find(Ingestion.name(run), prints.ingest()).isPresent());
        stages.put("exact", run.work().find("exact", prints.exact()).isPresent());
        stages.put("near", run.work().find("removed", prints.near()).isPresent());
        stages.put("tokenize", run.work().find("packed", prints.pack()).isPresent());
        boolean published = run.isPublished();
        stages.put("write", published);
        return new Plan(
                prints.dataset(),
                published,
                run.earlier().fingerprints(),
                run.input().sources(),
                run.input().files(),
                stages,
                published ? RunForecast.ofPublished(run) : RunForecast.of(run));
    }
}
