package corpusmill.formats.table;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The Parquet schema of a table: every column required. */
final class ParquetSchemas {

    private ParquetSchemas() {}

    static MessageType of(TableSchema schema) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (TableSchema.Column column : schema.columns()) {
            switch (column.type()) {
                case INT32 -> message.required(PrimitiveTypeName.INT32).named(column.name());
                case INT64 -> message.required(PrimitiveTypeName.INT64).named(column.name());
                case DOUBLE -> message.required(PrimitiveTypeName.DOUBLE).named(column.name());
                case STRING ->
                    message.required(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(column.name());
                case BINARY -> message.required(PrimitiveTypeName.BINARY).named(column.name());
            }
        }
        return message.named(schema.name());
    }
}
