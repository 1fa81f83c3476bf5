package corpusmill.tokenizer.special;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds special or added tokens in UTF-8 text: leftmost, of those the longest, without overlaps. A trie of bytes behind a
 * filter that looks at eight bytes at once; time is the text's length plus, where a token may start, the length of what
 * matches. Immutable, for any number of threads.
 */
public final class SpecialTokenMatcher {
    /** No token, or no place. */
    public static final int NONE = -1;

    private final List<String> contents;
    private final int[] lengths;
    private final StartFilter filter;
    private byte[] label = new byte[64];
    private int[] child = new int[64];
    private int[] sibling = new int[64];
    private int[] token = new int[64];
    private int nodes;

    /**
     * A matcher of tokens, which {@link #tokenAt} gives by their places in the list.
     *
     * @param contents none empty
     */
    public SpecialTokenMatcher(List<String> contents) {
        this.contents = List.copyOf(contents);
        this.lengths = new int[contents.size()];
        newNode((byte) 0, NONE);
        byte[][] spelled = new byte[contents.size()][];
        for (int i = 0; i < spelled.length; i++) {
            spelled[i] = this.contents.get(i).getBytes(StandardCharsets.UTF_8);
            lengths[i] = spelled[i].length;
            insert(spelled[i], i);
        }
        filter = new StartFilter(spelled);
    }

    /** How many tokens {@code utf8[offset, offset + length)} spells. */
    public int count(byte[] utf8, int offset, int length) {
        int count = 0;
        int end = offset + length;
        for (int at = next(utf8, offset, end); at != NONE; ) {
            count++;
            at = next(utf8, at + bytes(tokenAt(utf8, at, end)), end);
        }
        return count;
    }

    /** The first token spelled, or null. */
    public @Nullable String first(byte[] utf8, int offset, int length) {
        int end = offset + length;
        int at = next(utf8, offset, end);
        return at == NONE ? null : contents.get(tokenAt(utf8, at, end));
    }

    /** The first place in [from, end) where a token starts that ends by {@code end}, or {@link #NONE}. */
    public int next(byte[] utf8, int from, int end) {
        if (contents.isEmpty()) {
            return NONE;
        }
        for (int at = filter.next(utf8, from, end); at < end; at = filter.next(utf8, at + 1, end)) {
            if (tokenAt(utf8, at, end) != NONE) {
                return at;
            }
        }
        return NONE;
    }

    /** The longest token that starts at a place and ends by {@code end}, or {@link #NONE}. */
    public int tokenAt(byte[] utf8, int start, int end) {
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

    /** The length of a token in bytes. */
    public int bytes(int found) {
        return lengths[found];
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
