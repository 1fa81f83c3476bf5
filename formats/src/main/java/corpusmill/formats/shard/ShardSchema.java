package corpusmill.formats.shard;

import com.google.flatbuffers.FlatBufferBuilder;
import com.google.flatbuffers.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** The Arrow schema of a shard: written, and recognised. */
final class ShardSchema {

    /** Key of the schema's metadata under which the version of the shard format stands. */
    static final String VERSION_KEY = "corpusmill.shard";

    static final int VERSION = 1;

    private ShardSchema() {}

    /** Puts the schema into a flatbuffer. */
    static int write(FlatBufferBuilder builder, int sequenceLength, TokenType type) {
        int[] fields = {
            list(
                    builder,
                    "input_ids",
                    Type.FixedSizeList,
                    sequenceLength,
                    type == TokenType.UINT16 ? 16 : 32,
                    type == TokenType.INT32),
            list(builder, "doc_ends", Type.List, 0, 32, true),
            integer(builder, "first_pos", 32, true),
            integer(builder, "n_valid", 32, true),
            integer(builder, "source", 16, false)
        };
        int key = builder.createString(VERSION_KEY);
        int value = builder.createString(Integer.toString(VERSION));
        int[] pairs = {KeyValue.createKeyValue(builder, key, value)};
        int metadata = Schema.createCustomMetadataVector(builder, pairs);
        int children = Schema.createFieldsVector(builder, fields);
        return Schema.createSchema(builder, Endianness.Little, children, metadata, 0);
    }

    private static int list(
            FlatBufferBuilder builder, String name, byte kind, int size, int itemBits, boolean itemSigned) {
        int[] items = {integer(builder, "item", itemBits, itemSigned)};
        int type;
        if (kind == Type.FixedSizeList) {
            type = FixedSizeList.createFixedSizeList(builder, size);
        } else {
            org.apache.arrow.flatbuf.List.startList(builder);
            type = org.apache.arrow.flatbuf.List.endList(builder);
        }
        return field(builder, name, kind, type, items);
    }

    private static int integer(FlatBufferBuilder builder, String name, int bits, boolean signed) {
        return field(builder, name, Type.Int, Int.createInt(builder, bits, signed), new int[0]);
    }

    private static int field(FlatBufferBuilder builder, String name, byte kind, int type, int[] children) {
        int nameOffset = builder.createString(name);
        int childrenOffset = Field.createChildrenVector(builder, children);
        return Field.createField(builder, nameOffset, false, kind, type, 0, childrenOffset, 0);
    }

    /**
     * What a schema says of the tokens.
     *
     * @return sequence length and type, or null if it is not the schema of a shard
     */
    static @Nullable Tokens recognise(Schema schema) {
        List<String> fields = new ArrayList<>();
        for (int index = 0; index < schema.fieldsLength(); index++) {
            fields.add(describe(schema.fields(index)));
        }
        if (schema.endianness() != Endianness.Little || schema.fieldsLength() != 5) {
            return null;
        }
        Table list = schema.fields(0).type(new FixedSizeList());
        int length = list instanceof FixedSizeList fixed && schema.fields(0).typeType() == Type.FixedSizeList
                ? fixed.listSize()
                : 0;
        for (TokenType type : TokenType.values()) {
            if (length > 0 && fields.equals(expected(length, type))) {
                return new Tokens(length, type);
            }
        }
        return null;
    }

    /**
     * The tokens of a schema.
     *
     * @param sequenceLength per row
     * @param type of an id
     */
    record Tokens(int sequenceLength, TokenType type) {}

    private static List<String> expected(int length, TokenType type) {
        return List.of(
                "input_ids: list[" + length + "]<item: " + type.dtype() + ">",
                "doc_ends: list<item: int32>",
                "first_pos: int32",
                "n_valid: int32",
                "source: uint16");
    }

    private static String describe(Field field) {
        String kind;
        switch (field.typeType()) {
            case Type.Int -> {
                Int type = (Int) field.type(new Int());
                kind = (type.isSigned() ? "int" : "uint") + type.bitWidth();
            }
            case Type.List -> kind = "list<" + describe(field.children(0)) + ">";
            case Type.FixedSizeList -> {
                FixedSizeList type = (FixedSizeList) field.type(new FixedSizeList());
                kind = "list[" + type.listSize() + "]<" + describe(field.children(0)) + ">";
            }
            default -> kind = "type " + field.typeType();
        }
        return field.name() + ": " + kind + (field.nullable() ? " or null" : "");
    }

    /** The version of the shard format in a schema's metadata; 1 when it does not say, -1 when it says nonsense. */
    static int version(Schema schema) {
        for (int index = 0; index < schema.customMetadataLength(); index++) {
            KeyValue pair = schema.customMetadata(index);
            if (VERSION_KEY.equals(pair.key())) {
                String value = pair.value();
                return value != null && value.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(value) : -1;
            }
        }
        return 1;
    }
}
