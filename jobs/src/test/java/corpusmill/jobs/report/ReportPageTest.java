package corpusmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.manifest.LedgerEntry;
import java.io.StringReader;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportPageTest {

    private final String page = SamplePage.of(SamplePage.ledger()).html();

    @Test
    void needsNoScriptAndNoNetwork() {
        assertThat(page).doesNotContain("<script", "src=", "@import", "url(", "<link");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
    }

    @Test
    void isWellFormedAndHasATableForEveryPicture() throws Exception {
        Document document = parsed(page);
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(9);
        assertThat(document.getElementsByTagName("table").getLength()).isEqualTo(15);
    }

    @Test
    void tellsEveryReasonWithItsStageAndCount() {
        assertThat(page)
                .contains("<td>INVALID_JSON</td><td>ingest</td><td>30</td><td>2.244 %</td>")
                .contains("<tr><td>ingest</td><td>1,290</td><td>1,234</td><td>56</td></tr>")
                .contains("<td>DUPLICATE_NEAR</td><td>near</td><td>300</td><td>25.000 %</td>")
                .contains("<td>write</td><td>890</td><td>890</td><td>0</td><td>0.000 %</td>");
    }

    @Test
    void tellsWhatKeptTheFastEngineFromRunning() {
        assertThat(page)
                .contains(
                        "<td>engine</td><td>reference; the fast engine was not taken: it does not cover $.normalizer<");
    }

    @Test
    void drawsTheStreamAsHighAsItsDocuments() {
        // 180 units are 1337 documents; the stages that count documents, not the one that counts rows.
        assertThat(Pattern.compile("kept stream\" d=\"[^v]*v([0-9.]+)h")
                        .matcher(page)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactly("175.0", "161.6", "121.2", "121.2");
    }

    @Test
    void beginsTheStreamWithFilesAndEndsItWithTokens() {
        assertThat(page).containsSubsequence(">ingest</text>", ">1,337 of 7 files</text>", ">1,300 in</text>");
        assertThat(page).containsSubsequence(">900</text>", ">documents</text>", ">900,000</text>", ">tokens</text>");
    }

    @Test
    void escapesNamesThatComeFromTheInput() {
        assertThat(page).contains("&lt;b&gt;&amp;&quot;books&quot;").doesNotContain("<b>&");
    }

    @Test
    void tellsTheTimesAndWhatWasReused() {
        assertThat(page)
                .contains("<td>ingest</td><td>2.5</td><td>4.5</td><td>535</td><td>of an earlier run</td>")
                .contains("<td>pairs verified</td><td>4,321</td>");
    }

    @Test
    void drawsTheProbabilityOfBeingComparedAndTheThreshold() {
        // 240 units are the probability 1; 13 bands of 7 minima at a similarity of 0.5: 1 - (1 - 0.5^7)^13 = 0.0969.
        assertThat(page)
                .contains("13 bands of 7 minima", "threshold 0.8", " 490.0,246.7 ")
                .containsPattern("points=\"70.0,270.0 [^\"]* 910.0,30.0\"");
    }

    @Test
    void countsTheClustersBySize() {
        assertThat(page).contains("<td>2 to 3</td><td>170</td>", "<td>16 to 31</td><td>4</td>");
    }

    @Test
    void tellsTheRecallOfTheSampleBesideTheExpectedOne() {
        assertThat(page)
                .contains(
                        "256 documents, drawn by a hash of their ids, were compared exactly with 1,200 others.",
                        "the share is 0.8712 to 0.9956.",
                        "<td>0.80</td><td>30</td><td>29</td><td>96.667 %</td><td>0.9750</td>",
                        "<td>0.85</td><td>10</td><td>10</td><td>100.000 %</td><td>0.9990</td>",
                        "<td>all</td><td>40</td><td>39</td><td>97.500 %</td><td>0.9810</td>");
    }

    @Test
    void tellsHowLongDocumentsAreAndInWhichScripts() {
        assertThat(page)
                .contains("<td>128 to 255</td><td>700</td><td>77.778 %</td>")
                .contains("<td>LATIN</td><td>900</td><td>69.231 %</td>")
                .containsSubsequence("<td>LATIN", "<td>HAN", "<td>ARABIC");
    }

    @Test
    void tellsWhatWasMeasuredOfTheCurveBesideWhatIsExpected() {
        assertThat(page)
                .contains("<td>0.820</td><td>0.9759</td><td>0.9770</td><td>1,000</td>")
                .contains("<td>0.950</td><td>1.0000</td><td>1.0000</td><td>400</td>")
                .contains("<circle class=\"dot\"");
    }

    @Test
    void showsTheLeastSimilarDocumentsSideBySideWithWhatDiffersMarked() {
        assertThat(page)
                .contains("<td>0.8123</td>", "leaves at <mark>eight, </mark>and", "leaves at <mark>nine, </mark>and")
                .contains("at &lt;noon&gt; with", "<code>1099511627876</code>", "s3://bucket/raw/web/a.jsonl");
    }

    @Test
    void tellsTheCommandThatRepeatsIt() {
        assertThat(page)
                .contains("<code>corpusmill prepare --config job.yaml --set packing.sequence-length=1024</code>");
    }

    @Test
    void keepsWhatItTellsOfTheRunForAPageThatIsWrittenAnew() {
        ReportPage first = SamplePage.of(SamplePage.ledger());
        assertThat(RunRecord.in(first.html())).isEqualTo(first.run());
        assertThat(new ReportPage(first.manifest(), RunRecord.in(page)).html()).isEqualTo(page);
        assertThat(RunRecord.in(page.replace("\"accounts\"", "accounts"))).isEqualTo(RunRecord.NONE);
        assertThat(RunRecord.in("<html></html>")).isEqualTo(RunRecord.NONE);
    }

    @Test
    void leavesOutWhatIsNotKnownWhenItIsWrittenAnew() {
        String anew = new ReportPage(SamplePage.of(SamplePage.ledger()).manifest(), RunRecord.NONE).html();
        assertThat(anew)
                .contains("From records to rows")
                .doesNotContain("<h2>Times", "<h2>Figures of the run", "<h2>Clusters", "<h2>Sampled recall")
                .doesNotContain("<h2>Lengths", "<h2>Scripts", "<h2>The least similar", "<h2>The command", "<!--");
    }

    @Test
    void isAPageWhenNothingCameIn() throws Exception {
        String empty =
                SamplePage.of(Map.of("ingest", new LedgerEntry(0, 0, Map.of()))).html();
        assertThat(empty).doesNotContain("NaN", "Infinity", "kept stream");
        assertThat(parsed(empty).getElementsByTagName("table").getLength()).isPositive();
    }

    /** The page as XML, which it is but for its first line and the two tags of HTML that have no end. */
    private static Document parsed(String html) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        String xml = html.replace("<!doctype html>", "").replaceAll("(<meta [^>]*)>", "$1/>");
        return builder.parse(new InputSource(new StringReader(xml)));
    }
}
