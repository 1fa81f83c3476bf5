package corpusmill.tokenizer.fast;

import corpusmill.tokenizer.SpecialTokenInTextException;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import java.util.Objects;

/** The policy for special tokens and the check of the text, around the kernel of the thread that calls. */
final class FastEncoder implements TokenEncoder {
    private final FastTokenizer tokenizer;
    private long specialOccurrences;

    FastEncoder(FastTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    @Override
    public int encode(byte[] utf8, int offset, int length, TokenBuffer out) {
        Objects.checkFromIndexSize(offset, length, utf8.length);
        tokenizer.requireOpen();
        if (tokenizer.policy() == SpecialTokens.REJECT) {
            String found = tokenizer.specials().first(utf8, offset, length);
            if (found != null) {
                throw new SpecialTokenInTextException(found);
            }
        }
        int before = out.size();
        FastModel model = tokenizer.model();
        int end = offset + length;
        Utf8.Finding finding = Utf8.check(utf8, offset, end, model.nfc());
        if (!finding.isCovered() || model.added().needReference(utf8, offset, end)) {
            return byReference(utf8, offset, length, out);
        }
        try {
            tokenizer.state().encode(utf8, offset, end, finding == Utf8.Finding.GOOD, out);
        } catch (RuntimeException e) {
            out.truncate(before);
            throw e;
        }
        if (tokenizer.policy() == SpecialTokens.ORDINARY) {
            specialOccurrences += tokenizer.specials().count(utf8, offset, length);
        }
        return out.size() - before;
    }

    /** Texts outside what is proven: with characters that NFC knows only lately, and invalid ones, which it refuses. */
    private int byReference(byte[] utf8, int offset, int length, TokenBuffer out) {
        TokenEncoder encoder = tokenizer.reference().encoder();
        int count = encoder.encode(utf8, offset, length, out);
        specialOccurrences += encoder.specialOccurrences();
        return count;
    }

    @Override
    public long specialOccurrences() {
        return specialOccurrences;
    }
}
