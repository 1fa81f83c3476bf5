package corpusmill.jobs.pack;

import corpusmill.formats.shard.TokenType;
import corpusmill.jobs.flow.PackedRow;
import corpusmill.jobs.pack.PackStage.GroupedDocument;
import corpusmill.jobs.pack.SequencePacker.Piece;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Packs one group and split after another, as their documents come, ordered by group, split and id. */
final class GroupPacker implements Iterator<PackedRow> {

    private final PackStage stage;
    private final SequencePacker packer;
    private final Iterator<GroupedDocument> input;
    private final byte[] padding;
    private final List<GroupedDocument> documents = new ArrayList<>();
    private SequencePacker.Rows rows = new SequencePacker.Rows();
    private int place;
    private @Nullable GroupedDocument ahead;
    private @Nullable PackedRow dropped;

    GroupPacker(PackStage stage, Iterator<GroupedDocument> input) {
        this.stage = stage;
        this.packer = new SequencePacker(
                stage.packing().sequenceLength(), stage.packing().mode());
        this.input = input;
        this.padding = padding(stage);
    }

    private static byte[] padding(PackStage stage) {
        int width = stage.type().bytes();
        byte[] row = new byte[Math.multiplyExact(stage.packing().sequenceLength(), width)];
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) (stage.padId() >>> 8 * (i % width));
        }
        return row;
    }

    @Override
    public boolean hasNext() {
        while (dropped == null && place == rows.size()) {
            boolean unpacked = !documents.isEmpty() && rows.size() == 0;
            if (ahead == null && !input.hasNext() && !unpacked) {
                return false;
            }
            readGroup();
        }
        return true;
    }

    @Override
    public PackedRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        PackedRow drop = dropped;
        if (drop != null) {
            dropped = null;
            return drop;
        }
        return row(place++);
    }

    /** Reads on until a group is whole, or a dropped document must be told first. */
    private void readGroup() {
        if (place == rows.size() && rows.size() > 0) {
            documents.clear();
            rows = new SequencePacker.Rows();
            place = 0;
        }
        while (ahead != null || input.hasNext()) {
            GroupedDocument document = ahead == null ? input.next() : ahead;
            ahead = null;
            if (document.dropped() != null) {
                dropped = drop(document);
                return;
            }
            if (!documents.isEmpty() && !sameGroup(documents.get(0), document)) {
                ahead = document;
                break;
            }
            documents.add(document);
        }
        rows = packer.pack(documents.stream().mapToInt(this::tokens).toArray());
        place = 0;
    }

    private static boolean sameGroup(GroupedDocument one, GroupedDocument other) {
        return one.group() == other.group() && one.split().equals(other.split());
    }

    private int tokens(GroupedDocument document) {
        return document.tokens().length / stage.type().bytes();
    }

    private PackedRow row(int number) {
        List<Piece> pieces = rows.row(number);
        TokenType type = stage.type();
        byte[] tokens = padding.clone();
        int valid = pieces.stream().mapToInt(Piece::tokens).sum();
        int length = stage.packing().sequenceLength();
        int[] ends = new int[pieces.size() + (valid < length ? 1 : 0)];
        long[] ids = new long[pieces.size()];
        long specials = 0;
        int at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            GroupedDocument document = documents.get(piece.document());
            System.arraycopy(
                    document.tokens(),
                    piece.from() * type.bytes(),
                    tokens,
                    at * type.bytes(),
                    piece.tokens() * type.bytes());
            at += piece.tokens();
            ends[i] = at;
            ids[i] = document.id();
            specials += piece.from() == 0 ? document.specials() : 0;
        }
        ends[ends.length - 1] = length;
        GroupedDocument head = documents.get(0);
        return new PackedRow(
                head.split(),
                head.group(),
                number,
                head.source(),
                tokens,
                ends,
                pieces.get(0).from(),
                valid,
                ids,
                specials,
                null);
    }

    private static PackedRow drop(GroupedDocument document) {
        return new PackedRow(
                document.split(),
                document.group(),
                -1,
                document.source(),
                new byte[0],
                new int[0],
                0,
                0,
                new long[] {document.id()},
                0,
                document.dropped());
    }
}
