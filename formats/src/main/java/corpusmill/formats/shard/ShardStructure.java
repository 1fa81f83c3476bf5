package corpusmill.formats.shard;

import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.StoredFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * Reads header and footer of a shard. What they say is compared with what follows from the number of rows, so that
 * after this every offset is known to lie inside the file.
 */
final class ShardStructure {

    private static final int TAIL = 4 + ShardMessages.MAGIC.length;
    private static final int MAX_FOOTER = 1 << 16;

    private final Storage storage;
    private final StoredFile file;

    ShardStructure(Storage storage, StoredFile file) {
        this.storage = storage;
        this.file = file;
    }

    /** The layout, once header and footer agree. */
    ShardLayout layout() throws ShardDamage {
        byte[] header = header();
        ShardLayout layout = layout(header);
        checkFooter(layout, schemaEnd(header));
        return layout;
    }

    /** The layout that the header alone tells, by one request. */
    ShardLayout headerLayout() throws ShardDamage {
        ShardLayout layout = layout(header());
        checkRoom(layout);
        return layout;
    }

    private byte[] header() {
        return storage.read(file, 0, (int) Math.min(file.bytes(), ShardLayout.TOKEN_OFFSET));
    }

    private ShardLayout layout(byte[] header) throws ShardDamage {
        int length = header.length;
        if (length >= 4 && intAt(header, 0) != ShardMessages.CONTINUATION) {
            throw damage(ShardDamage.Kind.NOT_A_SHARD, "is not a shard: it does not start with an Arrow message");
        }
        if (length < ShardLayout.TOKEN_OFFSET) {
            throw truncated("its header has 4096 bytes");
        }
        try {
            return parseHeader(header);
        } catch (RuntimeException e) {
            // The flatbuffers reader checks nothing: a damaged offset leads it out of the buffer, or anywhere in it.
            throw corrupt("its header cannot be read");
        }
    }

    /** Where the schema message ends. */
    private static int schemaEnd(byte[] header) {
        return ShardMessages.PREFIX + intAt(header, 4);
    }

    private ShardLayout parseHeader(byte[] header) throws ShardDamage {
        int schemaEnd = schemaEnd(header);
        int batchLength = intAt(header, schemaEnd + 4);
        Message first = message(header, ShardMessages.PREFIX, schemaEnd - ShardMessages.PREFIX);
        if (first.version() > ShardMessages.ARROW_VERSION) {
            throw tooNew("Arrow metadata version " + (first.version() + 1));
        }
        if (first.headerType() != MessageHeader.Schema) {
            throw damage(ShardDamage.Kind.NOT_A_SHARD, "is not a shard: it does not start with an Arrow schema");
        }
        ShardSchema.Tokens tokens = tokens((Schema) first.header(new Schema()));
        if (intAt(header, schemaEnd) != ShardMessages.CONTINUATION
                || schemaEnd + ShardMessages.PREFIX + batchLength != ShardLayout.TOKEN_OFFSET) {
            throw corrupt("the body of its record batch does not start at 4096");
        }
        Message second = message(header, schemaEnd + ShardMessages.PREFIX, batchLength);
        if (second.headerType() != MessageHeader.RecordBatch) {
            throw corrupt("no record batch follows its schema");
        }
        RecordBatch batch = (RecordBatch) second.header(new RecordBatch());
        if (batch.nodesLength() != 7 || batch.buffersLength() != 13 || batch.compression() != null) {
            throw corrupt("its record batch has other parts than a shard's");
        }
        ShardLayout layout = new ShardLayout(
                tokens.sequenceLength(),
                tokens.type(),
                batch.length(),
                batch.nodes(3).length());
        checkBatch(batch, layout);
        if (second.bodyLength() != layout.bodyBytes()) {
            throw corrupt(
                    "the length of its body is " + second.bodyLength() + " but follows to be " + layout.bodyBytes());
        }
        return layout;
    }

    private ShardSchema.Tokens tokens(Schema schema) throws ShardDamage {
        int version = ShardSchema.version(schema);
        if (version > ShardSchema.VERSION) {
            throw tooNew("shard format " + version);
        }
        ShardSchema.Tokens tokens = ShardSchema.recognise(schema);
        if (tokens == null || version < 0) {
            throw damage(ShardDamage.Kind.NOT_A_SHARD, "is not a shard: its columns are those of something else");
        }
        return tokens;
    }

    private void checkBatch(RecordBatch batch, ShardLayout layout) throws ShardDamage {
        long[] nodes = ShardMessages.nodes(layout);
        for (int index = 0; index < nodes.length; index++) {
            if (batch.nodes(index).length() != nodes[index]
                    || batch.nodes(index).nullCount() != 0) {
                throw corrupt("the lengths of its columns contradict each other");
            }
        }
        long[][] buffers = ShardMessages.buffers(layout);
        for (int index = 0; index < buffers.length; index++) {
            Buffer buffer = batch.buffers(index);
            boolean offsetMatters = buffers[index][1] > 0;
            if (buffer.length() != buffers[index][1] || (offsetMatters && buffer.offset() != buffers[index][0])) {
                throw corrupt("buffer " + index + " is " + buffer.length() + " bytes at " + buffer.offset()
                        + " but follows to be " + buffers[index][1] + " at " + buffers[index][0]);
            }
        }
    }

    /** The bytes behind the body, if they can be a footer. */
    private int checkRoom(ShardLayout layout) throws ShardDamage {
        long trailerBytes = file.bytes() - ShardLayout.TOKEN_OFFSET - layout.bodyBytes();
        if (trailerBytes < ShardMessages.PREFIX + TAIL) {
            throw truncated("its rows and footer need " + layout.bytes());
        }
        if (trailerBytes > MAX_FOOTER) {
            throw corrupt("it has " + file.bytes() + " bytes but follows to have " + layout.bytes());
        }
        return (int) trailerBytes;
    }

    private void checkFooter(ShardLayout layout, int schemaEnd) throws ShardDamage {
        int trailerBytes = checkRoom(layout);
        byte[] trailer = storage.read(file, file.bytes() - trailerBytes, trailerBytes);
        int magicAt = trailer.length - ShardMessages.MAGIC.length;
        if (!Arrays.equals(trailer, magicAt, trailer.length, ShardMessages.MAGIC, 0, ShardMessages.MAGIC.length)) {
            if (file.bytes() < layout.bytes()) {
                throw truncated("its rows and footer need " + layout.bytes());
            }
            throw corrupt("it does not end with ARROW1");
        }
        int footerLength = intAt(trailer, magicAt - 4);
        if (intAt(trailer, 0) != ShardMessages.CONTINUATION
                || intAt(trailer, 4) != 0
                || footerLength != trailer.length - ShardMessages.PREFIX - TAIL) {
            throw corrupt("the end of its stream or the length of its footer is wrong");
        }
        boolean agrees;
        try {
            agrees = footerAgrees(slice(trailer, ShardMessages.PREFIX, footerLength), layout, schemaEnd);
        } catch (RuntimeException e) {
            // As for the header: the flatbuffers reader checks nothing.
            throw corrupt("its footer cannot be read");
        }
        if (!agrees) {
            throw corrupt("its footer contradicts its header");
        }
    }

    private static boolean footerAgrees(ByteBuffer bytes, ShardLayout layout, int schemaEnd) {
        Footer footer = Footer.getRootAsFooter(bytes);
        if (footer.recordBatchesLength() != 1 || footer.dictionariesLength() != 0) {
            return false;
        }
        Block block = footer.recordBatches(0);
        return block.offset() == schemaEnd
                && block.metaDataLength() == ShardLayout.TOKEN_OFFSET - schemaEnd
                && block.bodyLength() == layout.bodyBytes()
                && new ShardSchema.Tokens(layout.sequenceLength(), layout.type())
                        .equals(ShardSchema.recognise(footer.schema()));
    }

    private static Message message(byte[] bytes, int offset, int length) {
        return Message.getRootAsMessage(slice(bytes, offset, length));
    }

    private static ByteBuffer slice(byte[] bytes, int offset, int length) {
        return ByteBuffer.wrap(bytes, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int intAt(byte[] bytes, int offset) {
        return (int) LittleEndian.INT.get(bytes, offset);
    }

    private ShardDamage truncated(String expected) {
        return damage(ShardDamage.Kind.TRUNCATED, "is truncated: it has " + file.bytes() + " bytes but " + expected);
    }

    private ShardDamage tooNew(String what) {
        return damage(
                ShardDamage.Kind.TOO_NEW,
                "is too new: it is of " + what + " and this program reads shard format " + ShardSchema.VERSION
                        + "; use a newer Corpusmill");
    }

    private ShardDamage corrupt(String what) {
        return damage(ShardDamage.Kind.CORRUPT, "is corrupt: " + what);
    }

    private ShardDamage damage(ShardDamage.Kind kind, String what) {
        return new ShardDamage(kind, "the shard " + file.uri() + " " + what);
    }
}
