package corpusmill.jobs.tokenize;

import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.Tokenizer;
import java.util.Locale;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * One function of {@link TokenFunctions}. Null in, null out. Serializable; for any number of threads.
 *
 * @param kind what it does
 * @param source the tokenizer as executors load it
 */
record TokenFunction(Kind kind, TokenizerSource source) implements UnboundFunction, ScalarFunction<Object> {
    /** What there is. */
    enum Kind {
        /** Text to ids. */
        ENCODE("the token ids of a text"),
        /** Ids to text. */
        DECODE("the text of token ids"),
        /** Text to the number of its ids. */
        COUNT("the number of token ids of a text");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** The name in SQL. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public BoundFunction bind(StructType arguments) {
        DataType wanted = inputTypes()[0];
        boolean fits = arguments.length() == 1
                && (arguments.fields()[0].dataType().sameType(wanted)
                        || arguments.fields()[0].dataType().sameType(DataTypes.NullType));
        if (!fits) {
            throw new UnsupportedOperationException(kind.word() + " takes one " + wanted.catalogString()
                    + " but was given " + arguments.catalogString());
        }
        return this;
    }

    @Override
    public String description() {
        return kind.word() + ": " + kind.meaning + " by tokenizer '"
                + source.definition().name() + "'";
    }

    @Override
    public DataType[] inputTypes() {
        return new DataType[] {
            kind == Kind.DECODE ? DataTypes.createArrayType(DataTypes.IntegerType) : DataTypes.StringType
        };
    }

    @Override
    public DataType resultType() {
        return switch (kind) {
            case ENCODE -> DataTypes.createArrayType(DataTypes.IntegerType, false);
            case DECODE -> DataTypes.StringType;
            case COUNT -> DataTypes.IntegerType;
        };
    }

    @Override
    public String name() {
        return kind.word();
    }

    @Override
    public String canonicalName() {
        return "corpusmill." + kind.word() + "(" + source.definition().fingerprint() + " " + source.specialTokens()
                + ")";
    }

    @Override
    public @Nullable Object produceResult(InternalRow row) {
        if (row.isNullAt(0)) {
            return null;
        }
        Tokenizer tokenizer = TokenizeStage.load(source);
        if (kind == Kind.DECODE) {
            return UTF8String.fromString(tokenizer.decode(row.getArray(0).toIntArray()));
        }
        byte[] utf8 = row.getUTF8String(0).getBytes();
        TokenBuffer ids = new TokenBuffer();
        int count = tokenizer.encoder().encode(utf8, 0, utf8.length, ids);
        return kind == Kind.COUNT ? (Object) count : UnsafeArrayData.fromPrimitiveArray(ids.toArray());
    }
}
