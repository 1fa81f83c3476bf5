package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.table.TableSchema;
import corpusmill.jobs.flow.DocumentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs over crawls that follow each other, and what their datasets say of each document. The crawls lie in {@code raw},
 * the datasets beside it, each under its name.
 *
 * @param folder of all
 */
record IncrementalRuns(Path folder) {

    static final Path TOKENIZER = Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json");

    Path raw(String crawl) {
        return folder.resolve("raw/" + crawl);
    }

    /** Datasets as a job file lists them. */
    String list(String... datasets) {
        return Stream.of(datasets)
                .map(name -> "\"" + folder.resolve(name) + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Runs a command over crawls, each a source of its own. */
    Invocation run(String command, String output, String against, List<String> crawls, String... sets) {
        List<String> arguments = new ArrayList<>(List.of(command, "--config", folder + "/" + output + ".yaml"));
        String inputs = crawls.stream()
                .map(crawl -> "{ path: \"" + raw(crawl) + "\", source: " + crawl + " }")
                .collect(Collectors.joining(", ", "[", "]"));
        try {
            Files.writeString(folder.resolve(output + ".yaml"), """
                    input: %s
                    output: "%s"
                    deduplication: { against: %s }
                    tokenizer: { path: "%s" }
                    packing: { sequence-length: 256 }
                    shards: { target-size: 1KiB, validation-share: 0.2 }
                    spark: { spark.sql.shuffle.partitions: 2 }
                    """.formatted(
                            inputs, folder.resolve(output), against, TOKENIZER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String set : sets) {
            arguments.addAll(List.of("--set", set));
        }
        return Invocation.of(arguments.toArray(String[]::new));
    }

    /** Makes a dataset and verifies it. */
    void prepare(String output, String against, List<String> crawls, String... sets) {
        Invocation run = run("prepare", output, against, crawls, sets);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(dataset(output).findings()).isEmpty();
    }

    PublishedDataset dataset(String name) {
        return new PublishedDataset(folder.resolve(name).toString());
    }

    List<Object[]> rows(String name, TableSchema table) {
        return dataset(name).rows(table);
    }

    /** Of each removed document, by source, file and place: the one that stays, the similarity and the kind. */
    SortedMap<String, String> evidence(String name) {
        Map<Integer, String> files = files(name);
        SortedMap<String, String> evidence = new TreeMap<>();
        for (Object[] row : rows(name, TableSchema.REMOVED)) {
            evidence.put(place(files, (long) row[0]), place(files, (long) row[1]) + " " + row[3] + " " + row[2]);
        }
        return evidence;
    }

    /** The documents of a dataset, each with itself. */
    SortedMap<String, String> documents(String name) {
        Map<Integer, String> files = files(name);
        SortedMap<String, String> documents = new TreeMap<>();
        for (Object[] row : rows(name, TableSchema.SIGNATURES)) {
            String place = place(files, (long) row[0]);
            documents.put(place, place);
        }
        return documents;
    }

    /** What concerns the documents of one crawl. */
    static SortedMap<String, String> only(SortedMap<String, String> rows, String crawl) {
        SortedMap<String, String> only = new TreeMap<>(rows);
        only.keySet().removeIf(place -> !place.startsWith(crawl + " "));
        return only;
    }

    /** Source and file by index, those of the earlier datasets included. */
    private Map<Integer, String> files(String name) {
        PublishedDataset dataset = dataset(name);
        Map<Integer, String> files = new TreeMap<>();
        if (dataset.manifest().meta().containsKey("earlier")) {
            for (Object[] row : dataset.rows(TableSchema.EARLIER)) {
                String root = URI.create((String) row[1]).getPath();
                files(folder.relativize(Path.of(root)).toString())
                        .forEach((index, file) -> files.put(index + (int) row[4], file));
            }
        }
        dataset.files().forEach(file -> files.put(file.index(), file.source() + " " + file.uri()));
        return files;
    }

    private static String place(Map<Integer, String> files, long id) {
        return files.get(DocumentId.file(id)) + " " + DocumentId.offset(id);
    }
}
