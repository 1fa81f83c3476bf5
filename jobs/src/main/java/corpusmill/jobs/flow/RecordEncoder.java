package corpusmill.jobs.flow;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.catalyst.JavaTypeInference;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.EncoderField;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.ProductEncoder;
import org.apache.spark.sql.types.Metadata;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * Makes a Java record a row: one column per component, of the component's name, in its order. Spark's bean encoder
 * gives a record no column at all, silently; this is the one place that knows how.
 */
public final class RecordEncoder {

    private static final Set<Type> LEAVES = Set.of(
            boolean.class, int.class, long.class, double.class, String.class, byte[].class, int[].class, long[].class);

    private RecordEncoder() {}

    /**
     * The encoder of a public record whose components are boolean, int, long, double, String, byte[], int[], long[]
     * or such a record.
     *
     * @throws IllegalArgumentException naming the first component of another type
     */
    public static <T extends Record> Encoder<T> of(Class<T> type) {
        return product(type);
    }

    private static <T> ProductEncoder<T> product(Class<T> type) {
        List<EncoderField> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            fields.add(new EncoderField(
                    component.getName(),
                    encoder(type, component),
                    !component.getType().isPrimitive(),
                    Metadata.empty(),
                    Option.empty(),
                    Option.empty()));
        }
        return new ProductEncoder<>(
                ClassTag.apply(type), CollectionConverters.asScala(fields).toSeq(), Option.empty());
    }

    private static AgnosticEncoder<?> encoder(Class<?> type, RecordComponent component) {
        if (component.getType().isRecord()) {
            return product(component.getType());
        }
        if (!LEAVES.contains(component.getGenericType())) {
            throw new IllegalArgumentException(type.getSimpleName() + "." + component.getName() + " has the type "
                    + component.getGenericType() + ", which no column holds");
        }
        return JavaTypeInference.encoderFor(component.getGenericType());
    }
}
