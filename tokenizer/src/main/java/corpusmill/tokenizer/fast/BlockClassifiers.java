package corpusmill.tokenizer.fast;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;

/**
 * Chooses how blocks are classified: by vectors where the JVM has the module {@code jdk.incubator.vector}, is of version
 * {@link #SINCE} or later, and the processor has vectors of 64 bytes with masks; else by longs. A rule, not a measurement:
 * in the first tenths of a second vectors are not compiled yet and always look slow.
 */
final class BlockClassifiers {
    /** The first version of Java on which vectors were found to be faster. */
    private static final int SINCE = 25;

    private static final String VECTORS = "corpusmill.tokenizer.fast.VectorClassifier";

    private BlockClassifiers() {}

    /** A classifier of the kind that is expected to be the fastest. */
    static BlockClassifier fastest() {
        return Chosen.SUPPLIER.get();
    }

    /** The name of that kind. */
    static String name() {
        return fastest().getClass().getSimpleName();
    }

    /** Those by vectors, or by longs where this JVM has none. */
    static Supplier<BlockClassifier> vectors() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return WordClassifier::new;
        }
        try {
            MethodHandle constructor = MethodHandles.lookup()
                    .findConstructor(Class.forName(VECTORS), MethodType.methodType(void.class))
                    .asType(MethodType.methodType(BlockClassifier.class));
            make(constructor).classify(new byte[BlockSpans.BLOCK], 0);
            return () -> make(constructor);
        } catch (ReflectiveOperationException | LinkageError e) {
            return WordClassifier::new;
        }
    }

    private static BlockClassifier make(MethodHandle constructor) {
        try {
            return (BlockClassifier) constructor.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a constructor without checked exceptions threw one", e);
        }
    }

    private static final class Chosen {
        static final Supplier<BlockClassifier> SUPPLIER = choose();

        private static Supplier<BlockClassifier> choose() {
            Supplier<BlockClassifier> vectors = Runtime.version().feature() < SINCE ? WordClassifier::new : vectors();
            return vectors.get().isNative() ? vectors : WordClassifier::new;
        }
    }
}
