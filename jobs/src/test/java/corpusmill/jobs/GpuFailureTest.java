package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What Spark brings from an executor is text: the name of the failure stands in the message. */
class GpuFailureTest {

    private static Throwable wrapped(String message) {
        return new IllegalStateException(
                "Job aborted",
                new RuntimeException("Lost task 1.0 in stage 3.0 (TID 7) (10.0.0.1 executor 1): " + message));
    }

    @Test
    void saysThatTheMemoryOfTheGpuIsTooSmall() {
        for (String name : new String[] {"GpuOOM", "GpuRetryOOM", "GpuSplitAndRetryOOM"}) {
            assertThat(GpuFailure.sentence(wrapped("com.nvidia.spark.rapids.jni." + name + ": GPU OutOfMemory")))
                    .hasValueSatisfying(sentence -> assertThat(sentence)
                            .contains("more memory than the GPU has", "concurrentGpuTasks", "batchSizeBytes"));
        }
    }

    /** As the allocator says it: the same words but for the error, of which the first is from a machine without a driver. */
    @Test
    void tellsADriverThatIsMissingFromMemoryThatIsFull() {
        String allocation = "ai.rapids.cudf.CudaFatalException: std::bad_alloc: CUDA error (failed to allocate 8318940"
                + " bytes) at: _deps/rmm-src/cpp/src/mr/cuda_memory_resource.cpp:26: ";
        assertThat(GpuFailure.sentence(wrapped(allocation
                        + "cudaErrorInsufficientDriver CUDA driver version is insufficient for CUDA runtime")))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("the GPU or its driver failed"));
        assertThat(GpuFailure.sentence(wrapped(allocation + "cudaErrorMemoryAllocation out of memory")))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("more memory than the GPU has"));
    }

    @Test
    void saysWhichJarFits() {
        assertThat(GpuFailure.sentence(wrapped(
                        "java.lang.RuntimeException: Could not locate native dependency amd64/Linux/libcudf.so")))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("-arm64 on Arm"));
        assertThat(GpuFailure.sentence(wrapped("ai.rapids.cudf.CudaFatalException: CUDA FATAL ERROR encountered at x")))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("nvidia-smi"));
    }

    @Test
    void leavesOtherFailuresAlone() {
        assertThat(GpuFailure.sentence(wrapped("java.lang.OutOfMemoryError: Java heap space")))
                .isEmpty();
        assertThat(GpuFailure.sentence(new IllegalStateException())).isEmpty();
    }
}
