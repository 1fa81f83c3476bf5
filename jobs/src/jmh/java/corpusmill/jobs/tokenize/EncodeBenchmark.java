package corpusmill.jobs.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.Tokenizers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Texts to ids with what is kept of pieces in place; {@code -t 2} runs two threads over one tokenizer. The counter
 * {@code megabytes} is MB/s of all threads together.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EncodeBenchmark {

    @Param({"FAST", "REFERENCE"})
    private EngineChoice engine;

    @Param("jobs/sample/tokenizer/tokenizer.json")
    private String definition;

    @Param("jobs/sample/corpus/manuals/rust-book.jsonl.gz")
    private String texts;

    private final List<byte[]> documents = new ArrayList<>();
    private Tokenizer tokenizer;

    /** What a thread has of its own. */
    @State(Scope.Thread)
    public static class Ours {
        private final TokenBuffer ids = new TokenBuffer();
        private TokenEncoder encoder;

        @Setup
        public void open(EncodeBenchmark shared) {
            encoder = shared.tokenizer.encoder();
        }
    }

    /** Bytes of text in 10^6. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Text {
        public double megabytes;
    }

    @Setup
    public void read() throws IOException {
        try (InputStream file = Files.newInputStream(Path.of(texts));
                InputStream in = texts.endsWith(".gz") ? new GZIPInputStream(file) : file;
                MappingIterator<JsonNode> lines =
                        new ObjectMapper().readerFor(JsonNode.class).readValues(in)) {
            while (lines.hasNext()) {
                documents.add(lines.next().path("text").asText().getBytes(StandardCharsets.UTF_8));
            }
        }
        tokenizer = Tokenizers.open(TokenizerDefinition.read(Path.of(definition)), engine, SpecialTokens.ORDINARY);
    }

    @TearDown
    public void close() {
        tokenizer.close();
    }

    @Benchmark
    public long encode(Ours ours, Text text) {
        long count = 0;
        for (byte[] document : documents) {
            ours.ids.clear();
            count += ours.encoder.encode(document, 0, document.length, ours.ids);
            text.megabytes += document.length / 1e6;
        }
        return count;
    }
}
