package corpusmill.jobs;

import corpusmill.formats.manifest.Manifest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Two manifests side by side.
 *
 * @param left the first
 * @param right the second
 */
record Comparison(Manifest left, Manifest right) {

    /**
     * The table of what differs.
     *
     * @param all whether what is equal is listed too
     */
    String table(boolean all) {
        Map<String, String> first = facts(left);
        Map<String, String> second = facts(right);
        Set<String> names = new LinkedHashSet<>(first.keySet());
        names.addAll(second.keySet());
        TextTable table = new TextTable("", "first", "second");
        int equal = 0;
        for (String name : names) {
            String one = first.getOrDefault(name, "");
            String other = second.getOrDefault(name, "");
            equal += one.equals(other) ? 1 : 0;
            if (all || !one.equals(other)) {
                table.row(name, one, other);
            }
        }
        boolean same = left.rootHash().equals(right.rootHash());
        return table + "\n" + equal + " of " + names.size() + " values are equal; the sequences are "
                + (same ? "the same" : "not the same") + "\n";
    }

    private static Map<String, String> facts(Manifest manifest) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("fingerprint", manifest.fingerprint());
        facts.put("root hash", manifest.rootHash());
        facts.put("created by", manifest.createdBy());
        facts.put("tokenizer", manifest.tokenizer().name());
        facts.put("tokenizer fingerprint", manifest.tokenizer().fingerprint());
        facts.put("input files", TextTable.count(manifest.inputs().files()));
        facts.put("input bytes", TextTable.count(manifest.inputs().bytes()));
        manifest.configuration().forEach((key, value) -> facts.put(key, String.valueOf(value)));
        manifest.ledger().forEach((stage, entry) -> {
            facts.put(stage + " in", TextTable.count(entry.in()));
            facts.put(stage + " out", TextTable.count(entry.out()));
            entry.dropped().forEach((reason, count) -> facts.put(stage + " dropped " + reason, TextTable.count(count)));
        });
        manifest.splits().forEach((name, split) -> {
            facts.put(name + " documents", TextTable.count(split.documents()));
            facts.put(name + " tokens", TextTable.count(split.tokens()));
            facts.put(name + " padding", TextTable.count(split.padTokens()));
            facts.put(name + " rows", TextTable.count(split.rows()));
            facts.put(name + " shards", TextTable.count(split.shards()));
        });
        manifest.sources().forEach(source -> {
            facts.put("source " + source.name() + " documents", TextTable.count(source.documents()));
            facts.put("source " + source.name() + " tokens", TextTable.count(source.tokens()));
        });
        return facts;
    }
}
