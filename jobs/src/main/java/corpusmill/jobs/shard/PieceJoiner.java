package corpusmill.jobs.shard;

import corpusmill.jobs.flow.TokenizedDocument;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Puts documents together from their pieces, which come by document and position. Not thread-safe. */
final class PieceJoiner implements Iterator<TokenizedDocument> {

    private final Iterator<ReadPiece> pieces;
    private @Nullable ReadPiece ahead;

    PieceJoiner(Iterator<ReadPiece> pieces) {
        this.pieces = pieces;
    }

    @Override
    public boolean hasNext() {
        return ahead != null || pieces.hasNext();
    }

    @Override
    public TokenizedDocument next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all pieces are read");
        }
        ReadPiece first = ahead == null ? pieces.next() : ahead;
        ahead = null;
        ByteArrayOutputStream tokens = new ByteArrayOutputStream(first.tokens().length);
        tokens.writeBytes(first.tokens());
        while (pieces.hasNext()) {
            ReadPiece piece = pieces.next();
            if (piece.id() != first.id()) {
                ahead = piece;
                break;
            }
            tokens.writeBytes(piece.tokens());
        }
        return new TokenizedDocument(first.id(), first.source(), tokens.toByteArray(), 0, null);
    }
}
