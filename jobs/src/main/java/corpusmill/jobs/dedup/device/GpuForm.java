package corpusmill.jobs.dedup.device;

import java.lang.reflect.Constructor;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Functions on texts have a form for the CPU and one for the GPU, with the same bits. That for the GPU implements an
 * interface of the RAPIDS Accelerator, so that it can be loaded only where the plugin is on the class path; it is in
 * jars that were built with the profile {@code rapids}.
 */
public final class GpuForm {

    private GpuForm() {}

    /**
     * The form for the GPU of a function of class {@code X}: the class {@code GpuX} of its package, made from it.
     *
     * @param function the form for the CPU
     * @return the form for the GPU, or the function itself where that cannot be loaded
     */
    public static UDF1<byte[], long[]> of(UDF1<byte[], long[]> function) {
        Class<?> cpu = function.getClass();
        String name = cpu.getPackageName() + ".Gpu" + cpu.getSimpleName();
        try {
            Constructor<?> from =
                    Class.forName(name, true, cpu.getClassLoader()).getDeclaredConstructor(cpu);
            from.setAccessible(true);
            @SuppressWarnings("unchecked") // what a form for the GPU is
            UDF1<byte[], long[]> gpu = (UDF1<byte[], long[]>) from.newInstance(function);
            return gpu;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return function;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no " + name + " can be made from the form for the CPU: " + e, e);
        }
    }
}
