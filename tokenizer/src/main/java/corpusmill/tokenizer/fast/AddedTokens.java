package corpusmill.tokenizer.fast;

import corpusmill.tokenizer.special.SpecialTokenMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that are found in the text before the model sees it: first those matched in the text as it is, then, in what
 * lies between them, those matched in the normalised text. Texts that hold a token with a flag beyond these two go to the reference engine. Immutable.
 */
final class AddedTokens {
    private final Matcher raw = new Matcher();
    private final Matcher normalized = new Matcher();
    private final List<String> flagged = new ArrayList<>();
    private SpecialTokenMatcher flaggedMatcher = new SpecialTokenMatcher(List.of());

    /**
     * Adds a token.
     *
     * @param isNormalized whether it is matched in the normalised text
     */
    void add(String content, int id, boolean isNormalized) {
        (isNormalized ? normalized : raw).add(content, id);
    }

    /** Adds a token that the reference engine has to treat. */
    void addFlagged(String content) {
        flagged.add(content);
    }

    /** Ends the adding. */
    AddedTokens build() {
        raw.build();
        normalized.build();
        flaggedMatcher = new SpecialTokenMatcher(flagged);
        return this;
    }

    boolean needReference(byte[] utf8, int from, int end) {
        return flaggedMatcher.next(utf8, from, end) != SpecialTokenMatcher.NONE;
    }

    /**
     * Gives tokens and the text between them to a receiver, in order.
     *
     * @param nfc normalises what lies between the first kind of tokens; null for a text that is normalised
     */
    void split(byte[] utf8, int from, int end, @Nullable NfcText nfc, Receiver receiver) {
        int at = from;
        for (int token = raw.next(utf8, at, end); token >= 0; token = raw.next(utf8, at, end)) {
            splitNormalized(utf8, at, token, nfc, receiver);
            int found = raw.tokenAt(utf8, token, end);
            receiver.token(raw.id(found));
            at = token + raw.bytes(found);
        }
        splitNormalized(utf8, at, end, nfc, receiver);
    }

    private void splitNormalized(byte[] utf8, int from, int end, @Nullable NfcText nfc, Receiver receiver) {
        if (nfc == null || from == end) {
            splitNormalized(utf8, from, end, receiver);
        } else {
            nfc.normalize(utf8, from, end);
            splitNormalized(nfc.bytes(), 0, nfc.size(), receiver);
        }
    }

    private void splitNormalized(byte[] utf8, int from, int end, Receiver receiver) {
        int at = from;
        for (int token = normalized.next(utf8, at, end); token >= 0; token = normalized.next(utf8, at, end)) {
            if (at < token) {
                receiver.text(utf8, at, token);
            }
            int found = normalized.tokenAt(utf8, token, end);
            receiver.token(normalized.id(found));
            at = token + normalized.bytes(found);
        }
        if (at < end) {
            receiver.text(utf8, at, end);
        }
    }

    /** Takes what a text is split into. */
    interface Receiver {
        /** Text without added tokens, not empty. */
        void text(byte[] utf8, int from, int end);

        /** An added token. */
        void token(int id);
    }

    private static final class Matcher {
        private final List<String> contents = new ArrayList<>();
        private final List<Integer> ids = new ArrayList<>();
        private SpecialTokenMatcher matcher = new SpecialTokenMatcher(List.of());

        void add(String content, int id) {
            contents.add(content);
            ids.add(id);
        }

        void build() {
            matcher = new SpecialTokenMatcher(contents);
        }

        int next(byte[] utf8, int from, int end) {
            return matcher.next(utf8, from, end);
        }

        int tokenAt(byte[] utf8, int at, int end) {
            return matcher.tokenAt(utf8, at, end);
        }

        int bytes(int found) {
            return matcher.bytes(found);
        }

        int id(int found) {
            return ids.get(found);
        }
    }
}
