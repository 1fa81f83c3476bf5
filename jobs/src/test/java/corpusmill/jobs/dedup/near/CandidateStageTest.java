package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.flow.RecordEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.Test;

class CandidateStageTest {

    private static Dataset<Signature> bucket(int... sizes) {
        List<Signature> members = new ArrayList<>();
        for (int bucket = 0; bucket < sizes.length; bucket++) {
            for (int id = 0; id < sizes[bucket]; id++) {
                members.add(new Signature(id, 0, 0, 0, bucket));
            }
        }
        return Documents.spark().createDataset(members, RecordEncoder.of(Signature.class));
    }

    private static Set<String> pairs(CandidateStage stage, Dataset<Signature> signatures) {
        List<CandidatePair> pairs = stage.apply(signatures).collectAsList();
        Set<String> distinct = new TreeSet<>();
        pairs.forEach(pair ->
                assertThat(distinct.add(pair.better() + "-" + pair.worse())).isTrue());
        return distinct;
    }

    private static Set<String> all(int size) {
        Set<String> pairs = new HashSet<>();
        IntStream.range(0, size)
                .forEach(worse -> IntStream.range(0, worse).forEach(better -> pairs.add(better + "-" + worse)));
        return pairs;
    }

    @Test
    void givesEveryPairOfASmallBucketOnce() {
        CandidateStage stage = new CandidateStage(8, 2);
        assertThat(pairs(stage, bucket(8, 5, 1))).isEqualTo(all(8));
        assertThat(stage.skipped(bucket(8, 5, 1)).first().getLong(0)).isZero();
    }

    @Test
    void leavesOutWhatIsAloneInItsBucketAndLosesNoPair() {
        Dataset<Signature> members = bucket(3, 1, 2, 1);
        Dataset<Signature> shared = CandidateStage.shared(members);
        assertThat(shared.collectAsList()).hasSize(5).extracting(Signature::key).containsOnly(0L, 2L);
        assertThat(pairs(CandidateStage.USUAL, shared)).isEqualTo(pairs(CandidateStage.USUAL, members));
    }

    @Test
    void boundsTheWorkOfALargeBucketAndCountsWhatItLeavesOut() {
        CandidateStage stage = new CandidateStage(4, 2);
        for (int size : new int[] {5, 8, 9, 12, 13, 50}) {
            Set<String> given = pairs(stage, bucket(size));
            assertThat(given).isSubsetOf(all(size));
            assertThat(given.size()).isLessThanOrEqualTo(size * (2 * 4 + 2));
            assertThat(given.size() + stage.skipped(bucket(size)).first().getLong(0))
                    .as("bucket of %d", size)
                    .isEqualTo(all(size).size());
        }
    }

    @Test
    void letsEveryMemberMeetTheBestOfItsBucket() {
        Set<String> given = pairs(new CandidateStage(4, 2), bucket(50));
        for (int member = 2; member < 50; member++) {
            assertThat(given).contains("0-" + member, "1-" + member, (member - 1) + "-" + member);
        }
    }
}
