package corpusmill.jobs;

import java.util.Optional;
import java.util.regex.Pattern;

/** Failures of a GPU, known by the names that the RAPIDS Accelerator gives them: its classes are not ours to link to. */
final class GpuFailure {

    private static final Pattern MEMORY =
            Pattern.compile("Gpu(SplitAndRetry|Retry)?OOM|CudfException: .*bad_alloc|RMM failure|out_of_memory"
                    + "|cudaErrorMemoryAllocation");
    private static final Pattern NATIVE =
            Pattern.compile("Could not locate native dependency|ai\\.rapids\\.cudf\\.NativeDepsLoader|libcudf");
    private static final Pattern DEVICE = Pattern.compile("Cuda(Fatal)?Exception|CUDA (FATAL )?ERROR");

    private GpuFailure() {}

    /** The sentence for a failure, if a GPU is at its root. */
    static Optional<String> sentence(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 32; cause = cause.getCause(), depth++) {
            String text = cause.toString();
            if (MEMORY.matcher(text).find()) {
                return Optional.of("a task needed more memory than the GPU has; lower"
                        + " spark.rapids.sql.concurrentGpuTasks to 1 and spark.rapids.sql.batchSizeBytes to 256m, or run on"
                        + " the CPU with spark.rapids.sql.enabled=false");
            }
            if (NATIVE.matcher(text).find()) {
                return Optional.of("the native library of the RAPIDS Accelerator cannot be loaded; take the jar whose"
                        + " classifier fits this machine: cuda12 or cuda13, with -arm64 on Arm");
            }
            if (DEVICE.matcher(text).find()) {
                return Optional.of(
                        "the GPU or its driver failed; look at nvidia-smi, and take the jar whose classifier,"
                                + " cuda12 or cuda13, fits the driver");
            }
        }
        return Optional.empty();
    }
}
