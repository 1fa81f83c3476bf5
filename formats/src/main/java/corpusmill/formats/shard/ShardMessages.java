package corpusmill.formats.shard;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * The parts of a shard that are not columns. Before the body: the schema message and the record batch's metadata, padded
 * to {@link ShardLayout#TOKEN_OFFSET}. Behind it: end of stream, file footer, its length, magic.
 */
final class ShardMessages {

    /** What every encapsulated message starts with. */
    static final int CONTINUATION = -1;
    /** Bytes of the continuation mark and of the length behind it. */
    static final int PREFIX = 8;

    static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    /** The format version of Arrow that is written. */
    static final short ARROW_VERSION = MetadataVersion.V5;

    private ShardMessages() {}

    /** The first {@link ShardLayout#TOKEN_OFFSET} bytes. */
    static byte[] header(ShardLayout layout) {
        byte[] schema = schemaMessage(layout);
        byte[] batch = batchMessage(layout);
        ByteBuffer header = ByteBuffer.allocate(ShardLayout.TOKEN_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
        putMessage(header, schema, padded(schema.length));
        putMessage(header, batch, header.remaining() - PREFIX);
        return header.array();
    }

    private static void putMessage(ByteBuffer out, byte[] message, int length) {
        int end = out.position() + PREFIX + length;
        out.putInt(CONTINUATION).putInt(length).put(message);
        out.position(end);
    }

    /** What follows the body. */
    static byte[] trailer(ShardLayout layout) {
        byte[] footer = footer(layout);
        ByteBuffer trailer =
                ByteBuffer.allocate(PREFIX + footer.length + 4 + MAGIC.length).order(ByteOrder.LITTLE_ENDIAN);
        trailer.putInt(CONTINUATION).putInt(0);
        trailer.put(footer).putInt(footer.length).put(MAGIC);
        return trailer.array();
    }

    private static byte[] schemaMessage(ShardLayout layout) {
        FlatBufferBuilder builder = new FlatBufferBuilder(1024);
        int schema = ShardSchema.write(builder, layout.sequenceLength(), layout.type());
        builder.finish(Message.createMessage(builder, ARROW_VERSION, MessageHeader.Schema, schema, 0, 0));
        return builder.sizedByteArray();
    }

    private static byte[] batchMessage(ShardLayout layout) {
        FlatBufferBuilder builder = new FlatBufferBuilder(1024);
        long[] nodes = nodes(layout);
        RecordBatch.startNodesVector(builder, nodes.length);
        for (int index = nodes.length - 1; index >= 0; index--) {
            FieldNode.createFieldNode(builder, nodes[index], 0);
        }
        int nodesVector = builder.endVector();
        long[][] buffers = buffers(layout);
        RecordBatch.startBuffersVector(builder, buffers.length);
        for (int index = buffers.length - 1; index >= 0; index--) {
            Buffer.createBuffer(builder, buffers[index][0], buffers[index][1]);
        }
        int buffersVector = builder.endVector();
        int batch = RecordBatch.createRecordBatch(builder, layout.rows(), nodesVector, buffersVector, 0, 0);
        builder.finish(
                Message.createMessage(builder, ARROW_VERSION, MessageHeader.RecordBatch, batch, layout.bodyBytes(), 0));
        return builder.sizedByteArray();
    }

    private static byte[] footer(ShardLayout layout) {
        FlatBufferBuilder builder = new FlatBufferBuilder(1024);
        int schema = ShardSchema.write(builder, layout.sequenceLength(), layout.type());
        int batchOffset = PREFIX + padded(schemaMessage(layout).length);
        Footer.startDictionariesVector(builder, 0);
        int dictionaries = builder.endVector();
        Footer.startRecordBatchesVector(builder, 1);
        Block.createBlock(builder, batchOffset, ShardLayout.TOKEN_OFFSET - batchOffset, layout.bodyBytes());
        int batches = builder.endVector();
        builder.finish(Footer.createFooter(builder, ARROW_VERSION, schema, dictionaries, batches, 0));
        return builder.sizedByteArray();
    }

    /** Lengths of the columns and of what is inside them, depth first. */
    static long[] nodes(ShardLayout layout) {
        long rows = layout.rows();
        return new long[] {rows, rows * layout.sequenceLength(), rows, layout.ends(), rows, rows, rows};
    }

    /** Offset and length of every buffer, validity first; validity is always empty. */
    static long[][] buffers(ShardLayout layout) {
        long rows = layout.rows();
        return new long[][] {
            {0, 0},
            {0, 0},
            {0, layout.tokenBytes()},
            {layout.offsetsOffset(), 0},
            {layout.offsetsOffset(), 4 * (rows + 1)},
            {layout.endsOffset(), 0},
            {layout.endsOffset(), 4 * layout.ends()},
            {layout.firstOffset(), 0},
            {layout.firstOffset(), 4 * rows},
            {layout.validOffset(), 0},
            {layout.validOffset(), 4 * rows},
            {layout.sourceOffset(), 0},
            {layout.sourceOffset(), 2 * rows},
        };
    }

    private static int padded(int bytes) {
        return (bytes + 7) & -8;
    }
}
