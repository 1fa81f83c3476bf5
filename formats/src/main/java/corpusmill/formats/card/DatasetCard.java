package corpusmill.formats.card;

import corpusmill.formats.manifest.LedgerEntry;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SourceEntry;
import corpusmill.formats.manifest.SplitEntry;
import java.util.Locale;
import java.util.Map;

/** The dataset card: what the dataset is and how to load it. */
public final class DatasetCard {

    /** Its name below the root. */
    public static final String NAME = "README.md";

    private static final String[] SIZES = {"1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T"};

    private DatasetCard() {}

    /** The text of the card: Markdown behind YAML that names the files of every split. */
    public static String text(Manifest manifest) {
        StringBuilder card = new StringBuilder();
        frontMatter(card, manifest);
        card.append("\n# Tokenised dataset ").append(manifest.fingerprint()).append("\n\n");
        card.append("Rows of ")
                .append(manifest.sequenceLength())
                .append(" token ids (")
                .append(manifest.tokenType().dtype())
                .append("), packed by `")
                .append(manifest.packing().mode())
                .append("`, made by ")
                .append(plain(manifest.createdBy()))
                .append(" with the tokenizer `")
                .append(plain(manifest.tokenizer().name()))
                .append("` (")
                .append(count(manifest.tokenizer().vocabularySize()))
                .append(" ids). The licence is that of the sources: fill in `license` above.\n");
        splits(card, manifest);
        sources(card, manifest);
        ledger(card, manifest);
        loading(card, manifest);
        return card.toString();
    }

    private static void frontMatter(StringBuilder card, Manifest manifest) {
        long rows =
                manifest.splits().values().stream().mapToLong(SplitEntry::rows).sum();
        card.append("---\nlicense: unknown\ntask_categories:\n- text-generation\nsize_categories:\n- ")
                .append(sizeCategory(rows))
                .append("\nconfigs:\n- config_name: default\n  data_files:\n");
        manifest.splits().forEach((name, split) -> {
            if (split.shards() > 0) {
                card.append("  - split: ")
                        .append(name)
                        .append("\n    path: ")
                        .append(glob(split))
                        .append('\n');
            }
        });
        card.append("---\n");
    }

    private static String glob(SplitEntry split) {
        return split.pathTemplate().replaceFirst("%0?[1-9]?d", "*");
    }

    private static String sizeCategory(long rows) {
        long limit = 1000;
        for (int size = 0; size < SIZES.length; size++, limit *= 10) {
            if (rows < limit) {
                return (size == 0 ? "n" : SIZES[size - 1] + "<n") + "<" + SIZES[size];
            }
        }
        return "n>1T";
    }

    private static void splits(StringBuilder card, Manifest manifest) {
        card.append("\n| split | rows | tokens | padding | documents | shards |\n|---|---:|---:|---:|---:|---:|\n");
        manifest.splits()
                .forEach((name, split) -> card.append("| ")
                        .append(name)
                        .append(" | ")
                        .append(count(split.rows()))
                        .append(" | ")
                        .append(count(split.tokens()))
                        .append(" | ")
                        .append(count(split.padTokens()))
                        .append(" | ")
                        .append(count(split.documents()))
                        .append(" | ")
                        .append(count(split.shards()))
                        .append(" |\n"));
    }

    private static void sources(StringBuilder card, Manifest manifest) {
        card.append("\n| source | name | documents | tokens |\n|---:|---|---:|---:|\n");
        for (SourceEntry source : manifest.sources()) {
            card.append("| ")
                    .append(source.id())
                    .append(" | ")
                    .append(plain(source.name()))
                    .append(" | ")
                    .append(count(source.documents()))
                    .append(" | ")
                    .append(count(source.tokens()))
                    .append(" |\n");
        }
    }

    private static void ledger(StringBuilder card, Manifest manifest) {
        card.append("\n| stage | in | out | dropped |\n|---|---:|---:|---|\n");
        for (Map.Entry<String, LedgerEntry> stage : manifest.ledger().entrySet()) {
            LedgerEntry entry = stage.getValue();
            StringBuilder dropped = new StringBuilder();
            entry.dropped()
                    .forEach((reason, number) -> dropped.append(dropped.length() == 0 ? "" : ", ")
                            .append(reason)
                            .append(' ')
                            .append(count(number)));
            card.append("| ")
                    .append(plain(stage.getKey()))
                    .append(" | ")
                    .append(count(entry.in()))
                    .append(" | ")
                    .append(count(entry.out()))
                    .append(" | ")
                    .append(plain(dropped.toString()))
                    .append(" |\n");
        }
    }

    private static void loading(StringBuilder card, Manifest manifest) {
        Map.Entry<String, SplitEntry> some = manifest.splits().entrySet().stream()
                .filter(entry -> entry.getValue().shards() > 0)
                .findFirst()
                .orElse(null);
        if (some == null) {
            return;
        }
        String shard = some.getValue().path(0);
        card.append(String.format(
                Locale.ROOT,
                """

                ## Loading
                In this directory; `doc_ends` holds the exclusive end of each document's piece, padding is the last.

                ```python
                import pyarrow as pa
                table = pa.ipc.open_stream(pa.memory_map("%1$s")).read_all()
                print(table.num_rows, table.schema)
                ```

                ```python
                import datasets
                rows = datasets.load_dataset(".", split="%2$s", streaming=True)
                print(next(iter(rows))["input_ids"][:8])
                ```

                ```python
                import numpy
                rows = numpy.memmap("%1$s", "%3$s", "r", %4$d, (%5$d, %6$d))
                print(rows[0, :8])
                ```

                `datasets.load_from_disk("%7$s")`, LitData's
                `StreamingDataset("%7$s", item_loader=TokensLoader(block_size=%6$d))` and, behind a
                link of each `tokens-*.arrow` to a name that ends with `.bin`, Megatron's `IndexedDataset` read the
                same files; nothing is copied.
                """,
                shard,
                some.getKey(),
                manifest.tokenType().dtype(),
                some.getValue().tokenOffset(),
                some.getValue().rowsOf(0),
                manifest.sequenceLength(),
                shard.substring(0, shard.lastIndexOf('/'))));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Text that cannot leave its cell of a table. */
    private static String plain(String text) {
        return text.replaceAll("[|`<>\\r\\n]", " ");
    }
}
