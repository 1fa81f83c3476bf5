package corpusmill.jobs.ingest;

import corpusmill.formats.ConfigException;
import corpusmill.jobs.config.InputConfig;
import corpusmill.jobs.config.InputFormat;
import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file table: every input file with its index, in the order of the entries and within an entry by the relative name
 * as bytes. Hidden names are names like others. Made on the driver; immutable.
 *
 * @param files the table; a file's index is its place in it, behind the files of earlier datasets
 * @param sources names of the mixture components, numbered by their first appearance
 */
public record InputListing(List<SourceFile> files, List<String> sources) {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://?.*", Pattern.DOTALL);
    private static final Set<String> SCHEMES = Set.of("s3", "s3a", "gs", "abfs", "abfss", "oci", "hdfs", "file");

    public InputListing {
        files = List.copyOf(files);
        sources = List.copyOf(sources);
    }

    /**
     * Lists the input.
     *
     * @param input the entries: a file, a folder or a pattern each
     * @param settings Hadoop settings by their own names
     * @throws ConfigException if an entry leads to nothing, a file has no known format or is reached by two entries, or
     *     there are more files than ids
     * @throws corpusmill.formats.StorageException if the store fails or gives no checksum
     */
    public static InputListing of(List<InputConfig> input, Map<String, String> settings) {
        SourceStore store = new SourceStore(settings);
        Set<String> sources = new LinkedHashSet<>();
        Map<String, Integer> entryOf = new HashMap<>();
        List<FoundFile> found = new ArrayList<>();
        List<InputConfig> entries = new ArrayList<>();
        for (int entry = 0; entry < input.size(); entry++) {
            InputConfig config = input.get(entry);
            sources.add(config.source());
            for (FoundFile file : find(store, entry, config.path())) {
                Integer other = entryOf.putIfAbsent(file.identity(), entry);
                if (other != null && other != entry) {
                    throw new ConfigException("input[" + entry + "] and input[" + other + "] both lead to " + file.uri()
                            + "; a file may be read once, so narrow one of the two paths");
                }
                found.add(file);
                entries.add(config);
            }
            limit(found.size(), DocumentId.MAX_FILES);
        }
        return new InputListing(table(store, found, entries, List.copyOf(sources)), List.copyOf(sources));
    }

    /**
     * The same behind the files of earlier datasets.
     *
     * @param first index of the first file
     * @throws ConfigException if there are more files than ids
     */
    public InputListing from(int first) {
        limit(first + files.size(), DocumentId.MAX_FILES);
        List<SourceFile> numbered = new ArrayList<>();
        files.forEach(file -> numbered.add(file.at(first + numbered.size())));
        return new InputListing(numbered, sources);
    }

    /** The index of the first file. */
    public int first() {
        return files.isEmpty() ? 0 : files.get(0).index();
    }

    /** Size of all files, as they are stored. */
    public long bytes() {
        return files.stream().mapToLong(SourceFile::bytes).sum();
    }

    /** The file of an index. */
    public SourceFile file(int index) {
        return files.get(index - first());
    }

    static void limit(int files, int most) {
        if (files > most) {
            throw new ConfigException(
                    "the input has " + files + " files or more, those of earlier datasets included, but at most " + most
                            + " can be told apart; join small files before they come in");
        }
    }

    private static List<SourceFile> table(
            SourceStore store, List<FoundFile> found, List<InputConfig> entries, List<String> sources) {
        List<String> formats = new ArrayList<>();
        for (int index = 0; index < found.size(); index++) {
            formats.add(format(entries.get(index).format(), found.get(index)));
        }
        List<String> checksums = Checksums.of(store, found);
        List<SourceFile> files = new ArrayList<>();
        for (int index = 0; index < found.size(); index++) {
            FoundFile file = found.get(index);
            InputConfig entry = entries.get(index);
            int source = sources.indexOf(entry.source());
            String text = entry.fields().text();
            String key = entry.fields().id();
            files.add(new SourceFile(
                    index,
                    file.uri(),
                    file.name(),
                    source,
                    formats.get(index),
                    text,
                    key,
                    file.bytes(),
                    checksums.get(index)));
        }
        return files;
    }

    private static List<FoundFile> find(SourceStore store, int entry, String path) {
        Matcher scheme = SCHEME.matcher(path);
        boolean remote = scheme.matches();
        if (remote && !SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
            throw new ConfigException("input[" + entry + "] '" + path + "' has the scheme '" + scheme.group(1)
                    + "', but it must be one of s3, s3a, gs, abfs, abfss, oci, hdfs, file; put ./ before a local path");
        }
        if (remote && scheme.group(1).equalsIgnoreCase("file")) {
            remote = false;
        }
        if (remote && Glob.isPattern(path) && Glob.of(path).prefix().endsWith("/")) {
            throw new ConfigException("input[" + entry + "] '" + path
                    + "' has a pattern in the name of its bucket or host; spell it out and list each in its own entry");
        }
        List<FoundFile> files;
        if (exists(store, remote, path)) {
            files = below(store, remote, path, Integer.MAX_VALUE, name -> true);
        } else if (Glob.isPattern(path)) {
            files = glob(store, remote, path);
        } else {
            throw new ConfigException("input[" + entry + "] '" + path
                    + "' does not exist; correct input.path, which names a file, a folder or a pattern");
        }
        if (files.isEmpty()) {
            throw new ConfigException("input[" + entry + "] '" + path
                    + "' leads to no file; correct input.path, or write /** behind a folder to take everything below");
        }
        return files.stream().sorted(FoundFile.ORDER).toList();
    }

    private static List<FoundFile> glob(SourceStore store, boolean remote, String path) {
        Glob glob = Glob.of(path);
        if (!exists(store, remote, glob.prefix())) {
            return List.of();
        }
        return below(store, remote, glob.prefix(), glob.depth(), glob::matches);
    }

    private static boolean exists(SourceStore store, boolean remote, String path) {
        return remote ? StoredFiles.exists(store, folder(path)) : LocalFiles.exists(local(path));
    }

    private static List<FoundFile> below(
            SourceStore store, boolean remote, String path, int depth, Predicate<String> wanted) {
        return remote ? StoredFiles.below(store, folder(path), wanted) : LocalFiles.below(local(path), depth, wanted);
    }

    // A bucket alone is its root.
    private static String folder(String uri) {
        int authority = uri.indexOf("://");
        return authority >= 0 && uri.indexOf('/', authority + 3) < 0 ? uri + "/" : uri;
    }

    private static URI local(String path) {
        if (SourceStore.isLocal(path)) {
            String plain = path.substring("file:".length());
            return local(plain.startsWith("//") ? plain.substring(Math.max(2, plain.indexOf('/', 2))) : plain);
        }
        return path.startsWith("/")
                ? SourceStore.localUri(path)
                : Path.of("").toAbsolutePath().toUri().resolve(relative(path));
    }

    private static URI relative(String path) {
        String escaped = SourceStore.localUri("/" + path).getRawPath();
        return URI.create("./" + escaped.substring(1));
    }

    private static String format(InputFormat configured, FoundFile file) {
        if (configured != InputFormat.AUTO) {
            return configured.name().toLowerCase(Locale.ROOT);
        }
        String name = file.name().toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
        int dot = name.lastIndexOf('.');
        return switch (dot < 0 ? "" : name.substring(dot)) {
            case ".jsonl", ".ndjson", ".json" -> "jsonl";
            case ".parquet" -> "parquet";
            case ".txt", ".text", ".md" -> "text";
            case ".warc" -> "warc";
            case ".wet" -> "wet";
            case ".arrow", ".arrows", ".feather", ".ipc" -> "arrow";
            default ->
                throw new ConfigException("the name of input file " + file.uri()
                        + " tells no format; set input.format to jsonl, parquet, arrow, text, warc or wet, or leave the file out by a pattern"
                        + " such as **/*.jsonl.gz");
        };
    }
}
