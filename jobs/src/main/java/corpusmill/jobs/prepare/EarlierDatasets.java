package corpusmill.jobs.prepare;

import corpusmill.formats.ConfigException;
import corpusmill.formats.table.TableSchema;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The earlier datasets of a run, in the order that ranks their documents. Their files keep their numbers where these are
 * free, and come behind the others where not; the files of this run come behind all. Immutable.
 *
 * @param datasets in their order
 */
record EarlierDatasets(List<EarlierDataset> datasets) {

    /** What must not differ, so that band keys can be compared and a run over everything would decide the same. */
    private static final List<String> EQUAL = List.of(
            "deduplication.exact",
            "deduplication.near.enabled",
            "deduplication.near.shingle",
            "deduplication.near.threshold",
            "deduplication.near.recall",
            "deduplication.near.seed");

    private static final List<String> PROBES =
            List.of("Two  words,\n\tone line. It's 1,000 \u00c9t\u00e9", " \u65e5\u672c\u8a9e \ud83d\ude00 e\u0301 ");

    EarlierDatasets {
        datasets = List.copyOf(datasets);
    }

    /**
     * Opens and numbers them.
     *
     * @throws corpusmill.formats.CorpusException if one is not there, is damaged, or is named twice
     */
    static EarlierDatasets open(List<URI> roots, Map<String, String> hadoop) {
        List<EarlierDataset> datasets = new ArrayList<>();
        for (URI root : roots) {
            EarlierDataset opened = EarlierDataset.open(root, hadoop);
            int end = 0;
            boolean free = true;
            for (EarlierDataset other : datasets) {
                if (other.manifest().fingerprint().equals(opened.manifest().fingerprint())) {
                    throw new ConfigException(Fingerprints.EARLIER + ": " + other.root() + " and " + root
                            + " hold the same dataset, " + opened.manifest().fingerprint() + "; name one of them");
                }
                end = Math.max(end, other.end());
                free &= !other.overlaps(opened);
            }
            datasets.add(free ? opened : opened.shifted(end - opened.firstFile()));
        }
        return new EarlierDatasets(datasets);
    }

    boolean isEmpty() {
        return datasets.isEmpty();
    }

    /** The one that a file belongs to. */
    EarlierDataset of(int file) {
        return datasets.stream()
                .filter(dataset -> file >= dataset.first() && file < dataset.end())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no earlier dataset has the file " + file));
    }

    /** The index of this run's first file. */
    int end() {
        return datasets.stream().mapToInt(EarlierDataset::end).max().orElse(0);
    }

    /** Their fingerprints, in their order. */
    List<String> fingerprints() {
        return datasets.stream()
                .map(dataset -> dataset.manifest().fingerprint())
                .toList();
    }

    /**
     * Checks that the documents of all of them can be compared with those of a run.
     *
     * @param values the keys of the run that change bytes
     * @throws ConfigException if not
     */
    void check(SortedMap<String, Object> values, TokenizerDefinition tokenizer) {
        for (EarlierDataset dataset : datasets) {
            String where = Fingerprints.EARLIER + ": the dataset at " + dataset.root();
            if (!dataset.manifest().meta().containsKey(TableSchema.SIGNATURES.name())) {
                throw new ConfigException(where + " has no table of signatures, since an earlier Corpusmill made it;"
                        + " run its job again into another output and name that, or put its input first in this job");
            }
            for (String key : EQUAL) {
                String here = String.valueOf(values.get(key));
                if (!dataset.setting(key).equals(here)) {
                    throw new ConfigException(where + " was made with " + key + " " + dataset.setting(key)
                            + ", but this job has " + here + "; set it to that of the dataset, or put the dataset's"
                            + " input first in this job");
                }
            }
            if (comparesTexts(values)
                    && !dataset.manifest().tokenizer().fingerprint().equals(tokenizer.fingerprint())) {
                throw new ConfigException(where + " was made with the tokenizer "
                        + dataset.manifest().tokenizer().name() + ", "
                        + dataset.manifest().tokenizer().fingerprint() + ", but this job has " + tokenizer.name() + ", "
                        + tokenizer.fingerprint() + ", which cannot turn its tokens into texts; use that one, or put"
                        + " the dataset's input first in this job");
            }
        }
    }

    /**
     * Checks that tokens can be turned into the texts they came from, which near-duplicates are verified on.
     *
     * @throws ConfigException if not
     */
    void checkDecoding(SortedMap<String, Object> values, Tokenizer tokenizer) {
        if (isEmpty() || !comparesTexts(values)) {
            return;
        }
        for (String probe : PROBES) {
            byte[] utf8 = probe.getBytes(StandardCharsets.UTF_8);
            TokenBuffer ids = new TokenBuffer();
            tokenizer.encoder().encode(utf8, 0, utf8.length, ids);
            String decoded = tokenizer.decode(ids.toArray());
            if (!decoded.equals(probe)) {
                throw new ConfigException(Fingerprints.EARLIER + " needs the texts of earlier documents, but the"
                        + " tokenizer " + tokenizer.definition().name() + " gives back '" + line(decoded) + "' for '"
                        + line(probe)
                        + "'; put the input of the earlier datasets first in this job, or set"
                        + " deduplication.near.enabled to false in both");
            }
        }
    }

    private static String line(String text) {
        return text.replace("\n", "\\n").replace("\t", "\\t");
    }

    private static boolean comparesTexts(SortedMap<String, Object> values) {
        return Boolean.TRUE.equals(values.get("deduplication.near.enabled"));
    }
}
