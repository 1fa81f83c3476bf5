package corpusmill.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as a table for people and as an object for programs. */
final class PlanText {

    private PlanText() {}

    static String table(PlanSummary plan) {
        TextTable sources = new TextTable("source", "files", "bytes");
        plan.sources()
                .forEach(source ->
                        sources.row(source.name(), TextTable.count(source.files()), TextTable.count(source.bytes())));
        TextTable stages = new TextTable("stage", "would");
        plan.stages().forEach(stage -> stages.row(stage.name(), stage.reused() ? "be reused" : "run"));
        return sources + "\n" + stages + "\n"
                + (plan.upToDate() ? "The dataset is already there; nothing would run.\n" : "")
                + "dataset      " + plan.dataset() + "\n"
                + "fingerprint  " + plan.fingerprint() + "\n"
                + (plan.earlier().isEmpty() ? "" : "against      " + String.join(", ", plan.earlier()) + "\n")
                + "would write  about " + TextTable.count(plan.bytesToWrite()) + " bytes\n"
                + "would read   about " + TextTable.count(plan.bytesToRead()) + " bytes\n"
                + (plan.requests() == 0 ? "" : "requests     about " + TextTable.count(plan.requests()) + " to S3\n")
                + (plan.upToDate() || plan.earlier().isEmpty()
                        ? ""
                        : "not in it    what is read of the earlier datasets: it depends on what resembles their documents\n");
    }

    static Map<String, Object> json(PlanSummary plan) {
        List<Map<String, Object>> sources = new ArrayList<>();
        for (PlanSummary.Source source : plan.sources()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("name", source.name());
            object.put("files", source.files());
            object.put("bytes", source.bytes());
            sources.add(object);
        }
        List<Map<String, Object>> stages = new ArrayList<>();
        for (PlanSummary.Step stage : plan.stages()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("name", stage.name());
            object.put("reused", stage.reused());
            stages.add(object);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("dataset", plan.dataset());
        object.put("fingerprint", plan.fingerprint());
        object.put("up_to_date", plan.upToDate());
        object.put("against", plan.earlier());
        object.put("sources", sources);
        object.put("stages", stages);
        object.put("bytes_to_write", plan.bytesToWrite());
        object.put("bytes_to_read", plan.bytesToRead());
        object.put("requests", plan.requests());
        object.put("requests_by_stage", plan.requestsByStage());
        return object;
    }
}
