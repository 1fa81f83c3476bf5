package corpusmill.jobs.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.shard.TokenType;
import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.TokenizedDocument;
import corpusmill.tokenizer.EngineMismatchException;
import corpusmill.tokenizer.SpecialTokenInTextException;
import corpusmill.tokenizer.TextTooLongException;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.TokenizerException;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DocumentTokenizerTest {

    private static final byte[] TEXT = {1, 2, (byte) 200};

    /** One id a byte, times 300. */
    private static final TokenEncoder BYTES = (utf8, offset, length, out) -> {
        for (int i = 0; i < length; i++) {
            out.add((utf8[offset + i] & 0xFF) * 300);
        }
        return length;
    };

    private static TokenEncoder failing(Supplier<TokenizerException> failure) {
        return new TokenEncoder() {
            @Override
            public int encode(byte[] utf8, int offset, int length, TokenBuffer out) {
                throw failure.get();
            }
        };
    }

    private static TokenizedDocument tokenize(TokenEncoder encoder, TokenType type, int... append) {
        return new DocumentTokenizer(encoder, type, append, (utf8, id) -> {}).tokenize(DocumentId.of(3, 77), 5, TEXT);
    }

    @Test
    void packsIdsLittleEndianAndFramesThem() {
        assertThat(tokenize(BYTES, TokenType.UINT16, 0x0102).tokens())
                .containsExactly(0x2C, 0x01, 0x58, 0x02, 0x60, (byte) 0xEA, 0x02, 0x01);
        assertThat(tokenize(BYTES, TokenType.INT32).tokens())
                .containsExactly(0x2C, 0x01, 0, 0, 0x58, 0x02, 0, 0, 0x60, (byte) 0xEA, 0, 0);
    }

    @Test
    void refusesAnIdThatDoesNotFit() {
        assertThatThrownBy(() -> tokenize(BYTES, TokenType.UINT16, 70_000))
                .hasMessage("token id must be in [0, 65535] but was 70000");
    }

    @Test
    void dropsWhatCannotBecomeTokensWithAReason() {
        TokenEncoder nothing = (utf8, offset, length, out) -> 0;
        assertThat(tokenize(nothing, TokenType.UINT16).dropped()).isEqualTo("NO_TOKENS");
        assertThat(tokenize(nothing, TokenType.UINT16, 9).dropped()).isNull();
        assertThat(tokenize(failing(() -> new SpecialTokenInTextException("<s>")), TokenType.UINT16, 9)
                        .dropped())
                .isEqualTo("SPECIAL_TOKEN");
        assertThat(tokenize(failing(() -> new TextTooLongException("long")), TokenType.UINT16, 9)
                        .dropped())
                .isEqualTo("TOO_LONG_FOR_TOKENIZER");
    }

    @Test
    void namesTheDocumentThatACheckRefuses() {
        DocumentTokenizer tokenizer = new DocumentTokenizer(BYTES, TokenType.INT32, new int[0], (utf8, id) -> {
            throw new EngineMismatchException("tiny", "it gives other ids");
        });
        assertThatThrownBy(() -> tokenizer.tokenize(DocumentId.of(3, 77), 5, TEXT))
                .isInstanceOf(TokenizerException.class)
                .hasMessage("tokenizing the document at offset 77 of input file 3 failed: Tokenizer 'tiny': the fast"
                        + " engine is not the reference engine's equal: it gives other ids. Set tokenizer.engine to"
                        + " reference, and report the definition.");
    }

    @Test
    void comparesAboutAsManyDocumentsAsASampleHas() {
        assertThat(DocumentSample.of(DocumentSample.DOCUMENTS).bound()).isEqualTo(-1);
        for (long documents : new long[] {1_000, 66_000, 5_000_000}) {
            DocumentSample sample = DocumentSample.of(documents);
            long held = LongStream.range(0, documents)
                    .filter(i -> sample.holds(DocumentId.of((int) (i % 7), 3_000 * i)))
                    .count();
            assertThat(held).as("of %d", documents).isBetween(80L, 180L);
        }
    }

    @Test
    void namesTheDocumentOfAFailure() {
        assertThatThrownBy(() -> tokenize(failing(() -> new TokenizerException("broken")), TokenType.UINT16))
                .isInstanceOf(TokenizerException.class)
                .hasMessage("tokenizing the document at offset 77 of input file 3 failed: broken");
    }
}
