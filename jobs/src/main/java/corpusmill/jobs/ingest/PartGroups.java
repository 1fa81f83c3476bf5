package corpusmill.jobs.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Parts to tasks: big ones first, small ones together. */
final class PartGroups {

    /** Roughly what text gains by decompression. */
    private static final long COMPRESSION = 3;
    /** What opening a file costs, in bytes read. */
    private static final long OPENING_BYTES = 1 << 16;

    private PartGroups() {}

    /**
     * Groups parts so that every group is one part or weighs at most {@code targetBytes}. The same parts give the same
     * groups.
     */
    static List<List<FilePart>> of(List<FilePart> parts, long targetBytes) {
        List<FilePart> ordered = new ArrayList<>(parts);
        ordered.sort(Comparator.comparingLong(PartGroups::weight)
                .reversed()
                .thenComparingInt(part -> part.file().index())
                .thenComparingLong(FilePart::start));
        List<List<FilePart>> groups = new ArrayList<>();
        List<FilePart> group = new ArrayList<>();
        long sum = 0;
        for (FilePart part : ordered) {
            long weight = weight(part);
            if (!group.isEmpty() && sum + weight > targetBytes) {
                groups.add(List.copyOf(group));
                group.clear();
                sum = 0;
            }
            group.add(part);
            sum += weight;
        }
        if (!group.isEmpty()) {
            groups.add(List.copyOf(group));
        }
        return groups;
    }

    private static long weight(FilePart part) {
        String name = part.file().name().toLowerCase(Locale.ROOT);
        boolean compressed = name.endsWith(".gz")
                || name.endsWith(".zst")
                || part.file().format().equals("parquet");
        return OPENING_BYTES + part.bytes() * (compressed ? COMPRESSION : 1);
    }
}
