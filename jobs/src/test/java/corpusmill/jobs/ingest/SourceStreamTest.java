package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Random;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.junit.jupiter.api.Test;

class SourceStreamTest {

    private static final String URI = "s3a://bucket/object";
    private static final byte[] BYTES = new byte[100_000];

    static {
        new Random(5).nextBytes(BYTES);
    }

    private int opened;
    private int reads;

    /** What goes wrong at a read. */
    private interface Weather {
        /** Gives how many bytes more there are before the end of the answer. */
        int at(int read) throws IOException;
    }

    private SourceStream stream(Weather weather) throws IOException {
        return SourceStream.remote(URI, BYTES.length, () -> {
            opened++;
            return new FSDataInputStream(new FSInputStream() {
                private int position;

                @Override
                public int read(byte[] target, int from, int count) throws IOException {
                    int there = Math.min(weather.at(reads++), BYTES.length - position);
                    int most = Math.min(there, Math.min(count, 1_000));
                    System.arraycopy(BYTES, position, target, from, most);
                    position += most;
                    return most == 0 ? -1 : most;
                }

                @Override
                public int read() {
                    throw new UnsupportedOperationException("one byte at a time");
                }

                @Override
                public void seek(long to) {
                    position = Math.toIntExact(to);
                }

                @Override
                public long getPos() {
                    return position;
                }

                @Override
                public boolean seekToNewSource(long to) {
                    return false;
                }
            });
        });
    }

    @Test
    void goesOnWhereAnAnswerBrokeOff() throws IOException {
        try (SourceStream stream = stream(read -> {
            if (read % 30 == 7) {
                throw new IOException("reset");
            }
            return read % 30 == 20 ? 0 : 1_000; // as if the object ended here
        })) {
            assertThat(stream.readAllBytes()).isEqualTo(BYTES);
            assertThat(opened).isGreaterThan(5);
            assertThat(stream.position()).isEqualTo(BYTES.length);
        }
    }

    @Test
    void goesOnBehindAJump() throws IOException {
        try (SourceStream stream = stream(read -> {
            if (read == 0) {
                throw new IOException("reset");
            }
            return 1_000;
        })) {
            stream.seek(60_000);
            assertThat(stream.readNBytes(2)).containsExactly(BYTES[60_000], BYTES[60_001]);
            assertThat(opened).isEqualTo(2);
        }
    }

    @Test
    void givesUpWhereNothingComesAnyMore() throws IOException {
        try (SourceStream stream = stream(read -> {
            if (read >= 10) {
                throw new IOException("reset");
            }
            return 1_000;
        })) {
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(URI)
                    .hasMessageContaining("reset");
            assertThat(reads).isEqualTo(14);
        }
    }

    @Test
    void doesNotAskAgainForWhatIsGone() throws IOException {
        try (SourceStream stream = stream(read -> {
            throw new FileNotFoundException("gone");
        })) {
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("gone");
            assertThat(opened).isEqualTo(1);
        }
    }
}
