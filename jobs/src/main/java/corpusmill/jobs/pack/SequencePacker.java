package corpusmill.jobs.pack;

import corpusmill.jobs.config.PackingConfig.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Assigns documents to rows of one length. Best-fit decreasing by residual capacity takes O(n log n + n·L/64) for n
 * documents and rows of L tokens: open rows are stacked by the room left, and a bit set finds the smallest room that
 * suffices. Only a document longer than a row is cut: into a head, which is packed like a short document, and rows that
 * it fills alone. So no row but such a one starts inside a document, and a row needs to tell the place inside a document
 * for its first token alone.
 */
final class SequencePacker {

    private final int length;
    private final Mode mode;

    SequencePacker(int length, Mode mode) {
        if (length < 1) {
            throw new IllegalArgumentException("sequence length must be at least 1 but was " + length);
        }
        this.length = length;
        this.mode = mode;
    }

    /**
     * The rows of a group.
     *
     * @param tokens tokens of each document, each at least 1, in the order of their ids
     */
    Rows pack(int[] tokens) {
        for (int document : tokens) {
            if (document < 1) {
                throw new IllegalArgumentException("a document must have at least 1 token but had " + document);
            }
        }
        return switch (mode) {
            case BEST_FIT -> bestFit(tokens);
            case CONCATENATE -> concatenate(tokens);
            case DOCUMENT -> document(tokens);
        };
    }

    private Rows document(int[] tokens) {
        Rows rows = new Rows();
        for (int document = 0; document < tokens.length; document++) {
            for (int from = 0; from < tokens[document]; from += length) {
                rows.add(rows.open(), document, from, Math.min(length, tokens[document] - from));
            }
        }
        return rows;
    }

    private Rows concatenate(int[] tokens) {
        Rows rows = new Rows();
        int row = -1;
        int room = 0;
        for (int document = 0; document < tokens.length; document++) {
            int from = 0;
            while (from < tokens[document]) {
                if (room == 0) {
                    row = rows.open();
                    room = length;
                }
                int piece = Math.min(room, tokens[document] - from);
                rows.add(row, document, from, piece);
                from += piece;
                room -= piece;
            }
        }
        return rows;
    }

    private Rows bestFit(int[] tokens) {
        Rows rows = new Rows();
        OpenRows open = new OpenRows(length);
        int[] heads = new int[tokens.length];
        for (int document = 0; document < tokens.length; document++) {
            heads[document] = tokens[document] <= length ? tokens[document] : tokens[document] % length;
            for (int from = heads[document]; from < tokens[document]; from += length) {
                rows.add(rows.open(), document, from, length);
            }
        }
        for (int document : byLength(heads)) {
            int room = open.atLeast(heads[document]);
            int row = room < 0 ? rows.open() : open.pop(room);
            rows.add(row, document, 0, heads[document]);
            open.push(row, (room < 0 ? length : room) - heads[document]);
        }
        return rows;
    }

    /** The documents that have a head, the longest first, of equals the earlier. */
    private int[] byLength(int[] heads) {
        return IntStream.range(0, heads.length)
                .filter(document -> heads[document] > 0)
                .mapToLong(document -> (long) (length - heads[document]) << 32 | document)
                .sorted()
                .mapToInt(key -> (int) key)
                .toArray();
    }

    /** Rows with room left, by how much; of rows with the same room the one filled last comes first. */
    private static final class OpenRows {
        private final int[] top;
        private final BitSet rooms;
        private int[] below = new int[64];

        OpenRows(int length) {
            top = new int[length + 1];
            Arrays.fill(top, -1);
            rooms = new BitSet(length + 1);
        }

        void push(int row, int room) {
            if (room == 0) {
                return;
            }
            if (row >= below.length) {
                below = Arrays.copyOf(below, Math.max(row + 1, 2 * below.length));
            }
            below[row] = top[room];
            top[room] = row;
            rooms.set(room);
        }

        int atLeast(int tokens) {
            return rooms.nextSetBit(tokens);
        }

        int pop(int room) {
            int row = top[room];
            top[room] = below[row];
            if (top[room] < 0) {
                rooms.clear(room);
            }
            return row;
        }
    }

    /** Pieces by row: document, first token and number of tokens of each. */
    static final class Rows {
        private final List<int[]> rows = new ArrayList<>();

        private int open() {
            rows.add(new int[0]);
            return rows.size() - 1;
        }

        private void add(int row, int document, int from, int tokens) {
            int[] pieces = rows.get(row);
            int[] more = Arrays.copyOf(pieces, pieces.length + 3);
            more[pieces.length] = document;
            more[pieces.length + 1] = from;
            more[pieces.length + 2] = tokens;
            rows.set(row, more);
        }

        int size() {
            return rows.size();
        }

        /** Pieces of a row, in their order. */
        List<Piece> row(int row) {
            int[] pieces = rows.get(row);
            return IntStream.range(0, pieces.length / 3)
                    .mapToObj(i -> new Piece(pieces[3 * i], pieces[3 * i + 1], pieces[3 * i + 2]))
                    .toList();
        }
    }

    /**
     * Part of a document in a row.
     *
     * @param document index of the document in the group
     * @param from first token
     * @param tokens number of tokens
     */
    record Piece(int document, int from, int tokens) {}
}
