package corpusmill.jobs.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file with good records in it and something that readers stumble over.
 *
 * @param name of the case
 * @param path of the file below the corpus' folder
 * @param content its bytes
 * @param documents texts that must come out, in their order
 * @param reasons of the records that must be rejected, in their order
 * @param repaired the records of the quarantine made good; empty if nothing can be
 */
record HostileFile(
        String name,
        String path,
        byte[] content,
        List<String> documents,
        List<RejectionReason> reasons,
        List<String> repaired) {

    static final int GOOD = 100;

    HostileFile {
        documents = List.copyOf(documents);
        reasons = List.copyOf(reasons);
        repaired = List.copyOf(repaired);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Builds the content line by line. */
    static final class Builder {

        private final String name;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<String> documents = new ArrayList<>();
        private final List<RejectionReason> reasons = new ArrayList<>();
        private final List<String> repaired = new ArrayList<>();
        private String end = "\n";
        private int number;

        Builder(String name) {
            this.name = name;
        }

        Builder lineEnd(String lineEnd) {
            end = lineEnd;
            return this;
        }

        Builder raw(byte[] content) {
            bytes.writeBytes(content);
            return this;
        }

        Builder raw(String content) {
            return raw(content.getBytes(StandardCharsets.UTF_8));
        }

        String text() {
            return "good " + name + " " + number++ + " — größer";
        }

        Builder good(int count) {
            for (int i = 0; i < count; i++) {
                String text = text();
                documents.add(text);
                raw("{\"id\":\"" + name + number + "\",\"text\":\"" + text + "\"}" + end);
            }
            return this;
        }

        /** A line that holds a document although it looks odd. */
        Builder odd(byte[] line, String document) {
            documents.add(document);
            return raw(line).raw(end);
        }

        Builder odd(String line, String document) {
            return odd(line.getBytes(StandardCharsets.UTF_8), document);
        }

        /** A line that must be rejected; repaired it is a good one. */
        Builder bad(byte[] line, RejectionReason reason) {
            reasons.add(reason);
            repaired.add("{\"text\":\"repaired " + name + " " + reasons.size() + "\"}");
            return raw(line).raw(end);
        }

        Builder bad(String line, RejectionReason reason) {
            return bad(line.getBytes(StandardCharsets.UTF_8), reason);
        }

        Builder expect(RejectionReason reason) {
            reasons.add(reason);
            return this;
        }

        /** Expects the first documents only: the others lie behind the damage. */
        Builder keep(int count) {
            documents.subList(count, documents.size()).clear();
            return this;
        }

        byte[] content() {
            return bytes.toByteArray();
        }

        List<String> documents() {
            return documents;
        }

        HostileFile file() {
            return file(name.replace(' ', '-') + ".jsonl");
        }

        HostileFile file(String path) {
            return new HostileFile(name, path, content(), documents, reasons, repaired);
        }

        /** With other bytes than those built, such as compressed ones. */
        HostileFile file(String path, byte[] content) {
            return new HostileFile(name, path, content, documents, reasons, List.of());
        }
    }
}
