package corpusmill.tokenizer.reference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds special tokens in UTF-8 text: leftmost, of those the longest, without overlaps. A trie of bytes; time is the
 * text's length plus, at bytes that start a token, the length of what matches. Immutable, for any number of threads.
 */
final class SpecialTokenMatcher {
    private static final int NONE = -1;

    private final List<String> contents;
    private final boolean[] starts = new boolean[256];
    private byte[] label = new byte[64];
    private int[] child = new int[64];
    private int[] sibling = new int[64];
    private int[] token = new int[64];
    private int nodes;

    SpecialTokenMatcher(List<String> contents) {
        this.contents = List.copyOf(contents);
        newNode((byte) 0, NONE);
        for (int i = 0; i < this.contents.size(); i++) {
            insert(this.contents.get(i).getBytes(StandardCharsets.UTF_8), i);
        }
    }

    /** How many tokens {@code utf8[offset, offset + length)} spells. */
    int count(byte[] utf8, int offset, int length) {
        int count = 0;
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int found = starts[utf8[at] & 0xff] ? longestAt(utf8, at, end) : NONE;
            count += found == NONE ? 0 : 1;
            at += found == NONE ? 1 : bytes(found);
        }
        return count;
    }

    /** The first token spelled, or null. */
    @Nullable
    String first(byte[] utf8, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; at++) {
            int found = starts[utf8[at] & 0xff] ? longestAt(utf8, at, end) : NONE;
            if (found != NONE) {
                return contents.get(found);
            }
        }
        return null;
    }

    private int bytes(int found) {
        return contents.get(found).getBytes(StandardCharsets.UTF_8).length;
    }

    private int longestAt(byte[] utf8, int start, int end) {
        int longest = NONE;
        int node = 0;
        for (int at = start; at < end; at++) {
            node = step(node, utf8[at]);
            if (node == NONE) {
                break;
            }
            longest = token[node] == NONE ? longest : token[node];
        }
        return longest;
    }

    private int step(int node, byte next) {
        int candidate = child[node];
        while (candidate != NONE && label[candidate] != next) {
            candidate = sibling[candidate];
        }
        return candidate;
    }

    private void insert(byte[] content, int place) {
        int node = 0;
        for (byte next : content) {
            int below = step(node, next);
            if (below == NONE) {
                below = newNode(next, child[node]);
                child[node] = below;
            }
            node = below;
        }
        token[node] = place;
        starts[content[0] & 0xff] = true;
    }

    private int newNode(byte next, int nextSibling) {
        if (nodes == label.length) {
            label = Arrays.copyOf(label, 2 * nodes);
            child = Arrays.copyOf(child, 2 * nodes);
            sibling = Arrays.copyOf(sibling, 2 * nodes);
            token = Arrays.copyOf(token, 2 * nodes);
        }
        label[nodes] = next;
        child[nodes] = NONE;
        sibling[nodes] = nextSibling;
        token[nodes] = NONE;
        return nodes++;
    }
}
