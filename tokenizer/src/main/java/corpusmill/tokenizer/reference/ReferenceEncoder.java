package corpusmill.tokenizer.reference;

import corpusmill.tokenizer.SpecialTokenInTextException;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TextTooLongException;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import java.util.Objects;

/** Encodes for one thread: the policy for special tokens, then the text in pieces no longer than needed. */
final class ReferenceEncoder implements TokenEncoder {
    private final ReferenceModel model;
    private final Utf8Text text = new Utf8Text();
    private long specialOccurrences;

    ReferenceEncoder(ReferenceModel model) {
        this.model = model;
    }

    @Override
    public int encode(byte[] utf8, int offset, int length, TokenBuffer out) {
        Objects.checkFromIndexSize(offset, length, utf8.length);
        if (model.policy() == SpecialTokens.REJECT) {
            String found = model.specials().first(utf8, offset, length);
            if (found != null) {
                throw new SpecialTokenInTextException(found);
            }
        }
        int before = out.size();
        try {
            encodePieces(utf8, offset, offset + length, out);
        } catch (RuntimeException e) {
            out.truncate(before);
            throw e;
        }
        if (model.policy() == SpecialTokens.ORDINARY) {
            specialOccurrences += model.specials().count(utf8, offset, length);
        }
        return out.size() - before;
    }

    @Override
    public long specialOccurrences() {
        return specialOccurrences;
    }

    private void encodePieces(byte[] utf8, int offset, int end, TokenBuffer out) {
        for (int at = offset; at < end; ) {
            int next = end;
            if (model.pieceBytes() < end - at) {
                next = SafeCut.next(utf8, at + model.pieceBytes(), end);
            }
            if (next - at > ReferenceModel.LONGEST_PIECE) {
                throw new TextTooLongException(
                        "The text holds " + (next - at) + " bytes that must be encoded at once, and the"
                                + " reference engine takes at most " + ReferenceModel.LONGEST_PIECE
                                + ": it needs about 200 times as much memory. Lower ingest.max-document.");
            }
            append(model.engine().encode(text.decode(utf8, at, next - at)), out);
            at = next;
        }
    }

    private void append(long[] ids, TokenBuffer out) {
        int at = out.size();
        int[] into = out.reserve(ids.length);
        for (int i = 0; i < ids.length; i++) {
            into[at + i] = model.idOf((int) ids[i]);
        }
        out.advance(ids.length);
    }
}
