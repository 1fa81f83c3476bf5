package corpusmill.formats.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import corpusmill.formats.SampleDataset;
import corpusmill.formats.Seeds;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestCommit;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.ShardSamples;
import corpusmill.formats.shard.TokenType;
import corpusmill.formats.storage.CountingStorage;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetVerifierTest {

    private static final String SHARD = "data/0123456789ab/train/tokens-000001.arrow";
    private static final String DOCUMENTS = "data/0123456789ab/meta/documents.parquet";
    private static final String SHARDS = "data/0123456789ab/meta/shards.parquet";
    private static final int MUTATIONS = 1000;
    private static final int MANIFEST_MUTATIONS = 5000;

    private final Path directory;

    DatasetVerifierTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private URI root;
    private SampleDataset dataset;

    @BeforeEach
    void publish() {
        root = Storages.uri(directory.toString());
        dataset = SampleDataset.publish(root);
    }

    private VerificationReport verify(Depth depth) {
        return new DatasetVerifier(Storages.open(root)).verify(root, depth);
    }

    private void assertFinds(Finding.Kind kind, String path, String sentence) {
        assertThat(verify(Depth.FULL).findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.sentence()).contains(sentence);
        });
    }

    @Test
    void findsNothingInAWholeDataset() throws IOException {
        VerificationReport full = verify(Depth.FULL);
        assertThat(full.findings()).isEmpty();
        assertThat(full.ok()).isTrue();
        assertThat(full.files()).isEqualTo(4 + 4 + 5 + 6 + 1);
        try (Stream<Path> files = Files.walk(directory)) {
            long bytes = files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("README.md"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            assertThat(full.bytes()).isEqualTo(bytes);
        }
        VerificationReport quick = verify(Depth.QUICK);
        assertThat(quick.findings()).isEmpty();
        assertThat(quick.bytes()).isLessThan(full.bytes());
    }

    @Test
    void needsOneRequestAShardWhenQuick() {
        CountingStorage counting = new CountingStorage(Storages.open(root));
        assertThat(new DatasetVerifier(counting).verify(root, Depth.QUICK).ok()).isTrue();
        List<String> data = counting.requests().stream()
                .filter(path -> path.contains("/train/") || path.contains("/validation/"))
                .filter(path -> !path.endsWith(".json"))
                .toList();
        assertThat(data).hasSize(4).doesNotHaveDuplicates().allMatch(path -> path.endsWith(".arrow"));
        assertThat(counting.requests().stream().filter(path -> path.endsWith("/train")))
                .as("listings of a split")
                .hasSize(1);
    }

    @Test
    void namesAnIndexThatDoesNotFitItsShard() throws IOException {
        Path index = directory.resolve(SHARD.replace(".arrow", ".idx"));
        byte[] bytes = Files.readAllBytes(index);
        bytes[40]++;
        Files.write(index, bytes);
        assertFinds(
                Finding.Kind.WRONG_CHECKSUM,
                SHARD.replace(".arrow", ".idx"),
                "is not the one that follows from its shard");
        Files.write(index, Arrays.copyOf(bytes, 40));
        assertFinds(Finding.Kind.TRUNCATED, SHARD.replace(".arrow", ".idx"), "has 40 bytes but 8 rows need 202");
        Files.delete(index);
        assertFinds(Finding.Kind.MISSING, SHARD.replace(".arrow", ".idx"), "is missing");
        assertThat(verify(Depth.QUICK).findings()).hasSize(1);
    }

    @Test
    void namesAMissingDatasetManifestShardAndTable() throws IOException {
        Files.delete(directory.resolve(SHARD));
        Files.delete(directory.resolve(DOCUMENTS));
        assertThat(verify(Depth.QUICK).findings())
                .extracting(Finding::kind, Finding::path)
                .containsExactlyInAnyOrder(tuple(Finding.Kind.MISSING, SHARD), tuple(Finding.Kind.MISSING, DOCUMENTS));
        assertFinds(Finding.Kind.MISSING, SHARD, "the shard " + SHARD + " is missing");
        Files.delete(directory.resolve("manifest.json"));
        assertFinds(Finding.Kind.MISSING, "manifest.json", "there is no manifest, so there is no dataset at " + root);
    }

    @Test
    void namesAShardOfAnotherSize() throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve(SHARD));
        Files.write(directory.resolve(SHARD), Arrays.copyOf(bytes, bytes.length - 1));
        assertFinds(Finding.Kind.TRUNCATED, SHARD, "has " + (bytes.length - 1) + " bytes but " + bytes.length);
        Files.write(directory.resolve(SHARD), Arrays.copyOf(bytes, bytes.length + 1));
        assertFinds(Finding.Kind.WRONG_SIZE, SHARD, "has " + (bytes.length + 1) + " bytes but " + bytes.length);
        assertThat(verify(Depth.QUICK).ok()).isFalse();
    }

    @Test
    void namesWrongBytesAndWhatTheyBreak() throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve(SHARD));
        bytes[4096 + 1] = (byte) 0xff;
        Files.write(directory.resolve(SHARD), bytes);
        assertFinds(Finding.Kind.WRONG_CHECKSUM, SHARD, "was written");
        assertFinds(Finding.Kind.BAD_TOKEN, SHARD, "but the vocabulary has 500");
        bytes[0] = 0;
        Files.write(directory.resolve(SHARD), bytes);
        assertFinds(Finding.Kind.NOT_A_SHARD, SHARD, "is not a shard");
        Files.write(directory.resolve(DOCUMENTS), new byte[10]);
        assertFinds(Finding.Kind.WRONG_CHECKSUM, DOCUMENTS, "the SHA-256 of " + DOCUMENTS);
    }

    @Test
    void namesAnEditedAndABrokenManifest() throws IOException {
        Path file = directory.resolve("manifest.json");
        String json = Files.readString(file);
        Files.writeString(file, json.replace("best-fit", "document"));
        assertThat(verify(Depth.FULL).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.MANIFEST_EDITED);
            assertThat(finding.sentence()).contains("is not the text that was published: its commit id is");
        });
        Files.writeString(file, json.substring(1));
        assertFinds(Finding.Kind.MANIFEST_UNREADABLE, "manifest.json", "cannot read the manifest");
    }

    /** A manifest forged with a commit id of its own still has to agree with the files. */
    @Test
    void namesAForgedManifest() throws IOException {
        Manifest manifest = dataset.manifest();
        forge(
                manifest,
                manifest.rootHash().replace(manifest.rootHash().charAt(0), 'f').replace('e', 'd'));
        assertFinds(Finding.Kind.WRONG_ROOT_HASH, "manifest.json", "but the listed shards have " + manifest.rootHash());
    }

    private void forge(Manifest m, String rootHash) throws IOException {
        Files.delete(directory.resolve("manifest.json"));
        Storage storage = Storages.open(root);
        ManifestCommit.publish(
                storage,
                root,
                new Manifest(
                        m.format(),
                        m.fingerprint(),
                        rootHash,
                        "",
                        m.createdBy(),
                        m.tokenType(),
                        m.sequenceLength(),
                        m.padId(),
                        m.tokenizer(),
                        m.packing(),
                        m.shuffle(),
                        m.splits(),
                        m.sources(),
                        m.ledger(),
                        m.inputs(),
                        m.meta(),
                        m.checksums(),
                        m.configuration()));
    }

    @Test
    void namesCountsThatDiffer() throws IOException {
        String json = Files.readString(directory.resolve("manifest.json"));
        Manifest manifest = dataset.manifest();
        long tokens =
                java.util.Objects.requireNonNull(manifest.splits().get("train")).tokens();
        Manifest edited = ManifestParser.parse(
                json.replace("\"tokens\": " + tokens, "\"tokens\": " + (tokens + 1))
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "edited");
        forge(edited, edited.rootHash());
        assertFinds(Finding.Kind.WRONG_COUNT, SHARDS, "in the table of shards");
        assertFinds(Finding.Kind.WRONG_COUNT, DOCUMENTS, "in the table of documents");
    }

    @Test
    void namesTheRowsOfAWellHashedShardThatBreakTheManifest() throws IOException {
        List<PackedSequence> rows = ShardSamples.rows(9, 8, SampleDataset.LENGTH, TokenType.INT32, 500);
        Files.write(
                directory.resolve(SHARD),
                ShardSamples.write(rows, TokenType.INT32).bytes());
        Files.delete(directory.resolve(SHARDS));
        assertFinds(Finding.Kind.BAD_STRUCTURE, SHARD, "has rows of 16 int32 but the manifest says 16 uint16");
        rows = ShardSamples.rows(9, 7, SampleDataset.LENGTH, TokenType.UINT16, 500);
        Files.write(
                directory.resolve(SHARD),
                ShardSamples.write(rows, TokenType.UINT16).bytes());
        assertFinds(Finding.Kind.WRONG_COUNT, SHARD, "has 7 rows but the manifest says 8");
    }

    @Test
    void findsEveryOneOfAThousandMutations() throws IOException {
        Random random = new Random(Seeds.seed("DatasetVerifierTest"));
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .filter(name -> !name.equals("README.md"))
                    .sorted()
                    .forEach(files::add);
        }
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            String name = files.get(random.nextInt(files.size()));
            Path file = directory.resolve(name);
            byte[] before = Files.readAllBytes(file);
            String what = mutate(file, before, random, files);
            VerificationReport report = verify(Depth.FULL);
            assertThat(report.findings())
                    .as("mutation %d: %s of %s", mutation, what, name)
                    .anySatisfy(finding -> {
                        assertThat(finding.path()).isEqualTo(name);
                        assertThat(finding.kind()).isIn(kinds(name, what));
                    });
            Files.write(file, before);
        }
        assertThat(verify(Depth.FULL).ok()).isTrue();
    }

    /** The manifest leads to every other file: what is wrong in it must be said, whatever it then leads to. */
    @Test
    void findsEveryMutationOfTheManifest() throws IOException {
        Random random = new Random(Seeds.seed("DatasetVerifierTest"));
        Path file = directory.resolve("manifest.json");
        byte[] before = Files.readAllBytes(file);
        for (int mutation = 0; mutation < MANIFEST_MUTATIONS; mutation++) {
            byte[] after = before.clone();
            int at = random.nextInt(before.length);
            after[at] = random.nextBoolean() ? (byte) (after[at] ^ 1 << random.nextInt(8)) : anyByte(before, random);
            if (after[at] == before[at]) {
                continue;
            }
            Files.write(file, after);
            String what = "manifest with '%s' for '%s' at %d".formatted((char) after[at], (char) before[at], at);
            List<Finding> findings =
                    assertDoesNotThrow(() -> verify(Depth.QUICK), what).findings();
            assertThat(findings)
                    .as(what)
                    .anySatisfy(finding -> assertThat(finding.kind())
                            .isIn(Finding.Kind.MANIFEST_EDITED, Finding.Kind.MANIFEST_UNREADABLE));
        }
    }

    /** One that stands in the file, so that what comes out is often a manifest still. */
    private static byte anyByte(byte[] bytes, Random random) {
        return bytes[random.nextInt(bytes.length)];
    }

    /** What a mutation of a file may be called. */
    private static Set<Finding.Kind> kinds(String name, String what) {
        if (what.equals("deletion")) {
            return Set.of(Finding.Kind.MISSING);
        }
        if (name.endsWith("manifest.json")) {
            return Set.of(Finding.Kind.MANIFEST_EDITED, Finding.Kind.MANIFEST_UNREADABLE);
        }
        boolean sized = name.endsWith(".arrow") || name.endsWith(".idx");
        if (sized && what.startsWith("truncation")) {
            return Set.of(Finding.Kind.TRUNCATED);
        }
        if (sized && what.equals("growth")) {
            return Set.of(Finding.Kind.WRONG_SIZE);
        }
        return sized && what.startsWith("swap")
                ? Set.of(Finding.Kind.TRUNCATED, Finding.Kind.WRONG_SIZE, Finding.Kind.WRONG_CHECKSUM)
                : Set.of(Finding.Kind.WRONG_CHECKSUM);
    }

    private String mutate(Path file, byte[] before, Random random, List<String> files) throws IOException {
        byte[] after = before.clone();
        int at = random.nextInt(before.length);
        switch (random.nextInt(6)) {
            case 0 -> {
                after[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, after);
                return "flip at " + at;
            }
            case 1 -> {
                Files.write(file, Arrays.copyOf(before, at));
                return "truncation to " + at;
            }
            case 2 -> {
                Files.delete(file);
                return "deletion";
            }
            case 3 -> {
                Files.write(file, Arrays.copyOf(before, before.length + 1 + random.nextInt(5000)));
                return "growth";
            }
            case 4 -> {
                Path other = directory.resolve(files.get(
                        (files.indexOf(directory.relativize(file).toString()) + 1 + random.nextInt(files.size() - 1))
                                % files.size()));
                if (Arrays.equals(Files.readAllBytes(other), before)) {
                    Files.delete(file);
                    return "deletion";
                }
                Files.copy(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                return "swap with " + other;
            }
            default -> {
                int length = 1 + random.nextInt(Math.min(64, before.length - at));
                for (int index = at; index < at + length; index++) {
                    after[index] = (byte) (before[index] + 1 + random.nextInt(255));
                }
                Files.write(file, after);
                return "garbage of " + length + " at " + at;
            }
        }
    }
}
