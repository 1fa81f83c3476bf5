package corpusmill.jobs.testing;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.internal.SQLConf;

/**
 * What the RAPIDS Accelerator says of plans, which needs no GPU. It is asked by reflection: only the profile
 * {@code rapids} brings it.
 *
 * @param gpu operators that would run on the GPU
 * @param cpu operators that would not, and the expressions on whose account
 */
public record GpuExplanation(Set<String> gpu, Set<String> cpu) {

    private static final String OVERRIDES = "com.nvidia.spark.rapids.GpuOverrides$";

    /** A line: depth, verdict (* GPU, ^ CPU beside the GPU, ! CPU, @ only its neighbours forbid it), kind and name. */
    private static final Pattern LINE =
            Pattern.compile("( *)([*^!@])(Exec|Expression|Partitioning|Output)? ?<(\\w+)>.*");

    /** Operators over objects: whatever their expressions are, they leave the columns. */
    private static final Set<String> OBJECTS =
            Set.of("DeserializeToObject", "MapPartitions", "MapElements", "SerializeFromObject", "ExternalRDDScan");

    /** Of a query that need not run. */
    public static GpuExplanation of(Dataset<?> dataset) {
        return of(List.of(dataset.queryExecution()));
    }

    /** Of queries and commands, such as writes, before or after they ran. */
    public static GpuExplanation of(Collection<QueryExecution> executions) {
        GpuExplanation all = new GpuExplanation(new TreeSet<>(), new TreeSet<>());
        for (QueryExecution execution : executions) {
            all.read(ask(execution.executedPlan()));
        }
        if (all.gpu.isEmpty() && all.cpu.isEmpty()) {
            throw new AssertionError("the plugin says nothing of " + executions);
        }
        return all;
    }

    /** The explanation by the plugin, one line for each operator and expression, indented below what it belongs to. */
    private static List<String> ask(SparkPlan plan) {
        try {
            Class<?> type = Class.forName(OVERRIDES);
            Object overrides = type.getField("MODULE$").get(null);
            Method undo = type.getMethod("com$nvidia$spark$rapids$GpuOverrides$$prepareExplainOnly", SparkPlan.class);
            Class<?> settings = Class.forName("com.nvidia.spark.rapids.RapidsConf");
            Method explain = type.getDeclaredMethod("explainSinglePlan", SparkPlan.class, settings, String.class);
            explain.setAccessible(true);
            Object conf = settings.getConstructor(SQLConf.class).newInstance(plan.conf());
            Object text = explain.invoke(overrides, undo.invoke(overrides, plan), conf, "ALL");
            return String.valueOf(text).lines().toList();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the RAPIDS Accelerator on the class path cannot be asked: " + e, e);
        }
    }

    private void read(List<String> lines) {
        Deque<Operator> path = new ArrayDeque<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            int depth = matcher.group(1).length();
            while (!path.isEmpty() && path.element().depth >= depth) {
                path.remove();
            }
            boolean onGpu = matcher.group(2).equals("*");
            String name = matcher.group(4);
            if (name.endsWith("Exec")) {
                String operator = name.substring(0, name.length() - "Exec".length());
                path.push(new Operator(depth, operator));
                (onGpu ? gpu : cpu).add(operator);
            } else if ("!^".contains(matcher.group(2)) && (path.isEmpty() || !OBJECTS.contains(path.element().name))) {
                cpu.add(name);
            }
        }
    }

    private record Operator(int depth, String name) {}
}
