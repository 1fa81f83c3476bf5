package corpusmill.formats.table;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Hands rows to Parquet, value by value. */
final class TableWriteSupport extends WriteSupport<Object[]> {

    private final TableSchema schema;
    private @Nullable RecordConsumer consumer;

    TableWriteSupport(TableSchema schema) {
        this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the class above
    public WriteContext init(Configuration configuration) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return context();
    }

    private WriteContext context() {
        return new WriteContext(ParquetSchemas.of(schema), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        this.consumer = recordConsumer;
    }

    @Override
    public void write(Object[] row) {
        RecordConsumer out = consumer;
        if (out == null) {
            throw new IllegalStateException("a row came before the table was started");
        }
        List<TableSchema.Column> columns = schema.columns();
        out.startMessage();
        for (int index = 0; index < row.length; index++) {
            String name = columns.get(index).name();
            out.startField(name, index);
            switch (columns.get(index).type()) {
                case INT32 -> out.addInteger((int) row[index]);
                case INT64 -> out.addLong((long) row[index]);
                case DOUBLE -> out.addDouble((double) row[index]);
                case STRING -> out.addBinary(Binary.fromString((String) row[index]));
                case BINARY -> out.addBinary(Binary.fromConstantByteArray((byte[]) row[index]));
            }
            out.endField(name, index);
        }
        out.endMessage();
    }
}
