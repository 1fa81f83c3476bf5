package corpusmill.jobs.testing;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.InsertIntoHadoopFsRelationCommand;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What in an optimised logical plan leaves the columns of a GPU, or fills its memory. Needs no GPU and no plugin: it
 * knows what the RAPIDS Accelerator 26.08 is documented not to do, and nothing beyond.
 */
public final class PlanLint {

    private static final Set<String> OPERATORS = Set.of(
            "MapPartitions",
            "MapElements",
            "MapGroups",
            "CoGroup",
            "AppendColumns",
            "TypedFilter",
            "InMemoryRelation",
            "LogicalRDD",
            "ScriptTransformation");
    private static final Set<String> EXPRESSIONS = Set.of(
            "ScalaUDF",
            "Inline",
            "ZipWith",
            "Crc32",
            "Base64",
            "UnBase64",
            "ArrayForAll",
            "Levenshtein",
            "StringRepeat");
    private static final Set<String> SOURCES = Set.of("TextFileFormat", "BinaryFileFormat");
    private static final Set<String> CODECS = Set.of("gzip", "lz4", "lz4_raw", "brotli");
    private static final List<String> REGEX = List.of("\\p{", "(?i)", "(?=", "(?!", "(?<", "\\z");
    private static final Set<String> REGEX_USERS =
            Set.of("RLike", "StringSplit", "RegExpReplace", "RegExpExtract", "RegExpExtractAll", "RegExpCount");

    private final Set<String> findings = new TreeSet<>();

    private PlanLint() {}

    /** The names of what was found, sorted; {@code lambda capture} for a lambda that copies a column per element. */
    public static Set<String> of(Dataset<?> dataset) {
        return of(dataset.queryExecution().optimizedPlan());
    }

    /** The same of a plan. */
    public static Set<String> of(LogicalPlan optimized) {
        PlanLint lint = new PlanLint();
        lint.plan(optimized);
        return lint.findings;
    }

    private void plan(LogicalPlan plan) {
        if (OPERATORS.contains(plan.nodeName())) {
            findings.add(plan.nodeName());
        }
        if (plan instanceof LogicalRelation source && source.relation() instanceof HadoopFsRelation files) {
            String format = files.fileFormat().getClass().getSimpleName();
            SOURCES.stream().filter(format::equals).forEach(findings::add);
        }
        if (plan instanceof Repartition shuffle && shuffle.shuffle()
                || plan instanceof RepartitionByExpression keyed
                        && keyed.partitionExpressions().isEmpty()) {
            findings.add("repartition without keys");
        }
        if (plan instanceof InsertIntoHadoopFsRelationCommand write) {
            CollectionConverters.asJava(write.options())
                    .forEach((name, value) -> codec(name, value.toLowerCase(Locale.ROOT)));
        }
        CollectionConverters.asJava(plan.expressions()).forEach(this::expression);
        CollectionConverters.asJava(plan.children()).forEach(this::plan);
    }

    private void codec(String option, String value) {
        if (option.equalsIgnoreCase("compression") && CODECS.contains(value)) {
            findings.add(value);
        }
    }

    private void expression(Expression expression) {
        String name = expression.getClass().getSimpleName();
        if (EXPRESSIONS.contains(name)) {
            findings.add(name);
        }
        List<Expression> children = CollectionConverters.asJava(expression.children());
        if (REGEX_USERS.contains(name)) {
            children.stream().filter(PlanLint::isForeign).forEach(child -> findings.add("regex"));
        }
        if (expression instanceof LambdaFunction lambda) {
            Set<Long> own = new HashSet<>();
            CollectionConverters.asJava(lambda.arguments())
                    .forEach(argument -> own.add(argument.exprId().id()));
            captures(lambda.function(), own);
        }
        children.forEach(this::expression);
    }

    private static boolean isForeign(Expression pattern) {
        return pattern instanceof Literal && REGEX.stream().anyMatch(pattern.toString()::contains);
    }

    private void captures(Expression body, Set<Long> own) {
        Set<Long> known = own;
        if (body instanceof LambdaFunction lambda) {
            known = new HashSet<>(own);
            for (var argument : CollectionConverters.asJava(lambda.arguments())) {
                known.add(argument.exprId().id());
            }
        }
        boolean column = body instanceof AttributeReference;
        boolean variable = body instanceof NamedLambdaVariable named
                && !known.contains(named.exprId().id());
        if ((column || variable) && isLarge(body.dataType())) {
            findings.add("lambda capture");
        }
        for (Expression child : CollectionConverters.asJava(body.children())) {
            captures(child, known);
        }
    }

    private static boolean isLarge(DataType type) {
        return !(type instanceof NumericType) && type.defaultSize() > 8;
    }
}
