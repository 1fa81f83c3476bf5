package corpusmill.jobs.tokenize;

import corpusmill.formats.shard.TokenType;
import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.TokenizedDocument;
import corpusmill.tokenizer.SpecialTokenInTextException;
import corpusmill.tokenizer.TextTooLongException;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.TokenizerException;
import java.util.function.ObjLongConsumer;

/** One document after another to framed, packed ids. Not thread-safe. */
final class DocumentTokenizer {

    /** The text spells a special token, and the policy is to reject such documents. */
    static final String SPECIAL_TOKEN = "SPECIAL_TOKEN";
    /** Nothing is left of the text, and nothing is put after it. */
    static final String NO_TOKENS = "NO_TOKENS";

    /** The text is longer than the engine takes. */
    static final String TOO_LONG_FOR_TOKENIZER = "TOO_LONG_FOR_TOKENIZER";

    private static final byte[] NONE = {};

    private final TokenEncoder encoder;
    private final ObjLongConsumer<byte[]> check;
    private final TokenType type;
    private final int[] append;
    private final TokenBuffer ids = new TokenBuffer();

    /**
     * Documents to ids of a type.
     *
     * @param check is told text and id of every document that became ids; may refuse them
     */
    DocumentTokenizer(TokenEncoder encoder, TokenType type, int[] append, ObjLongConsumer<byte[]> check) {
        this.encoder = encoder;
        this.check = check;
        this.type = type;
        this.append = append;
    }

    /**
     * The ids of a document and its framing.
     *
     * @throws TokenizerException if the engine or the check fails; names the document
     */
    TokenizedDocument tokenize(long id, int source, byte[] utf8) {
        ids.clear();
        long specials = encoder.specialOccurrences();
        try {
            encoder.encode(utf8, 0, utf8.length, ids);
            check.accept(utf8, id);
        } catch (SpecialTokenInTextException e) {
            return new TokenizedDocument(id, source, NONE, 0, SPECIAL_TOKEN);
        } catch (TextTooLongException e) {
            return new TokenizedDocument(id, source, NONE, 0, TOO_LONG_FOR_TOKENIZER);
        } catch (TokenizerException e) {
            throw new TokenizerException(
                    "tokenizing the document at offset " + DocumentId.offset(id) + " of input file "
                            + DocumentId.file(id) + " failed: " + e.getMessage(),
                    e);
        }
        for (int end : append) {
            ids.add(end);
        }
        return new TokenizedDocument(
                id, source, packed(), encoder.specialOccurrences() - specials, ids.size() == 0 ? NO_TOKENS : null);
    }

    private byte[] packed() {
        byte[] packed = new byte[Math.multiplyExact(ids.size(), type.bytes())];
        for (int i = 0; i < ids.size(); i++) {
            TokenBytes.put(packed, i, ids.get(i), type);
        }
        return packed;
    }
}
