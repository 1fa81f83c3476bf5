package corpusmill.formats.archive;

import corpusmill.formats.shard.TokenType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns of a shard in Parquet. Nothing is optional; a list has three levels, as the format asks for. */
final class ArchiveSchema {

    private ArchiveSchema() {}

    static MessageType of(TokenType type) {
        return Types.buildMessage()
                .addField(list("input_ids", type == TokenType.UINT16 ? 16 : 32, type != TokenType.UINT16))
                .addField(list("doc_ends", 32, true))
                .addField(integer("first_pos", 32, true))
                .addField(integer("n_valid", 32, true))
                .addField(integer("source", 16, false))
                .named("sequences");
    }

    private static Type list(String name, int bits, boolean signed) {
        return Types.requiredGroup()
                .as(LogicalTypeAnnotation.listType())
                .addField(Types.repeatedGroup()
                        .addField(integer("element", bits, signed))
                        .named("list"))
                .named(name);
    }

    private static Type integer(String name, int bits, boolean signed) {
        return Types.required(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.intType(bits, signed))
                .named(name);
    }
}
