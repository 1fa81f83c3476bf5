package corpusmill.formats.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardSummary;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RootHashTest {

    private static ShardEntry shard(String split, int index, String sha256) {
        return new ShardEntry("p", split, index, new ShardSummary(1, 1, 0, 1, sha256, "", 0, 0));
    }

    private static byte[] sha256(int first, byte[]... parts) throws NoSuchAlgorithmException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(first);
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
    }

    @Test
    void isTheHashOfNothingWithoutShards() {
        assertThat(RootHash.of(List.of()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void foldsPairsAndMovesAnOddNodeUp() throws NoSuchAlgorithmException {
        byte[][] leaves = new byte[5][];
        List<ShardEntry> shards = new ArrayList<>();
        for (int index = 0; index < 5; index++) {
            byte[] hash = sha256(100 + index);
            leaves[index] = sha256(0, hash);
            shards.add(shard(
                    index < 3 ? "train" : "validation", index, HexFormat.of().formatHex(hash)));
        }
        byte[] left = sha256(1, sha256(1, leaves[0], leaves[1]), sha256(1, leaves[2], leaves[3]));
        assertThat(RootHash.of(shards)).isEqualTo(HexFormat.of().formatHex(sha256(1, left, leaves[4])));
        assertThat(RootHash.of(shards.subList(0, 1))).isEqualTo(HexFormat.of().formatHex(leaves[0]));
    }

    @Test
    void doesNotDependOnTheOrderOfTheListButOnNumbers() {
        List<ShardEntry> shards = new ArrayList<>();
        for (int index = 0; index < 12; index++) {
            shards.add(shard("train", index, String.format("%064x", index)));
        }
        String expected = RootHash.of(shards);
        Collections.shuffle(shards, new Random(1));
        assertThat(RootHash.of(shards)).isEqualTo(expected);
        shards.set(
                0,
                shard(
                        "validation",
                        shards.get(0).index(),
                        shards.get(0).summary().sha256()));
        assertThat(RootHash.of(shards)).isNotEqualTo(expected);
    }
}
