package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.Test;

class CandidateStageTest {

    private static final CandidateStage SMALL = new CandidateStage(4, 3, 2);

    /** Buckets whose members are the documents 0, 1, …, of which the smaller is the better. */
    private static Dataset<BucketMember> buckets(int... sizes) {
        return CandidateStage.members(signatures(sizes));
    }

    private static Dataset<Signature> signatures(int... sizes) {
        List<Signature> signatures = new ArrayList<>();
        for (int bucket = 0; bucket < sizes.length; bucket++) {
            for (int id = 0; id < sizes[bucket]; id++) {
                signatures.add(new Signature(id, 0, 0, 0, bucket));
            }
        }
        return Documents.spark().createDataset(signatures, RecordEncoder.of(Signature.class));
    }

    private static Dataset<Removal> removed(long... ids) {
        return Documents.spark()
                .createDataset(
                        LongStream.of(ids)
                                .mapToObj(id -> new Removal(id, 0, Removal.NEAR, 1))
                                .toList(),
                        RecordEncoder.of(Removal.class));
    }

    private static Set<String> pairs(Dataset<CandidatePair> pairs) {
        Set<String> distinct = new TreeSet<>();
        pairs.collectAsList()
                .forEach(pair -> assertThat(distinct.add(pair.better() + "-" + pair.worse()))
                        .isTrue());
        return distinct;
    }

    private static Set<String> all(int from, int to) {
        Set<String> pairs = new HashSet<>();
        IntStream.range(from, to)
                .forEach(worse -> IntStream.range(from, worse).forEach(better -> pairs.add(better + "-" + worse)));
        return pairs;
    }

    @Test
    void givesEveryPairOfASmallBucketOnce() {
        Dataset<BucketMember> members = buckets(4, 3, 1);
        assertThat(SMALL.hasLarge(members)).isFalse();
        assertThat(pairs(SMALL.apply(members))).isEqualTo(all(0, 4));
        assertThat(pairs(SMALL.withHeads(members))).isEqualTo(all(0, 4));
        assertThat(pairs(SMALL.among(members, removed()))).isEmpty();
    }

    @Test
    void leavesOutWhatIsAloneInItsBucket() {
        assertThat(buckets(3, 1, 2, 1).collectAsList())
                .hasSize(5)
                .extracting(BucketMember::key, BucketMember::size)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(0L, 3L), org.assertj.core.groups.Tuple.tuple(2L, 2L));
        assertThat(SMALL.hasLarge(buckets())).isFalse();
    }

    @Test
    void ordersByRankBeforeId() {
        List<Signature> signatures =
                List.of(new Signature(1, 5, 0, 0, 0), new Signature(2, 4, 9, 0, 0), new Signature(3, 4, 8, 0, 0));
        Dataset<BucketMember> members =
                CandidateStage.members(Documents.spark().createDataset(signatures, RecordEncoder.of(Signature.class)));
        assertThat(SMALL.apply(members).collectAsList())
                .containsExactlyInAnyOrder(
                        new CandidatePair(3, 2, 4, 9, 4, 8),
                        new CandidatePair(3, 1, 5, 0, 4, 8),
                        new CandidatePair(2, 1, 5, 0, 4, 9));
    }

    @Test
    void boundsTheWorkOfALargeBucketAndCountsWhatItLeavesOut() {
        for (int size : new int[] {5, 6, 7, 9, 10, 50}) {
            Dataset<BucketMember> members = buckets(size);
            assertThat(SMALL.hasLarge(members)).isTrue();
            Set<String> heads = pairs(SMALL.withHeads(members));
            assertThat(heads).hasSize(2 * size - 3).isSubsetOf(all(0, size));
            Set<String> given = pairs(SMALL.among(members, removed()));
            given.addAll(heads);
            assertThat(given).isSubsetOf(all(0, size)).hasSizeLessThanOrEqualTo(size * (2 * 3 + 2));
            assertThat(given.size() + SMALL.skipped(members, removed()).first().getLong(0))
                    .as("bucket of %d", size)
                    .isEqualTo(all(0, size).size());
        }
    }

    @Test
    void comparesWhatTheHeadsRemoveWithNobodyElse() {
        Dataset<BucketMember> members = buckets(50);
        Dataset<Removal> most = removed(LongStream.range(1, 41).toArray());
        Set<String> given = pairs(SMALL.among(members, most));
        assertThat(given).contains("0-45", "41-42", "48-49").doesNotContain("0-49", "1-2");
        Set<String> left = all(41, 50);
        LongStream.range(41, 50).forEach(worse -> left.add("0-" + worse));
        given.addAll(pairs(SMALL.withHeads(members)));
        given.retainAll(left);
        assertThat(given.size() + SMALL.skipped(members, most).first().getLong(0))
                .isEqualTo(left.size());
    }

    @Test
    void letsEveryMemberMeetTheBestOfItsBucket() {
        Set<String> given = pairs(SMALL.withHeads(buckets(50)));
        for (int member = 2; member < 50; member++) {
            assertThat(given).contains("0-" + member, "1-" + member);
        }
    }
}
