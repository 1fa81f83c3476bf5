package corpusmill.jobs.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Lists every value of a job in the order of the table, with its origin. */
final class Settings {

    private Settings() {}

    static List<Setting> of(
            PrepareConfig config, List<ConfigValues> inputs, ConfigValues values, Map<String, ConfigOrigin> spark) {
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            for (ConfigKey<InputConfig, ?> key : ConfigKeys.OF_INPUT) {
                settings.add(new Setting(
                        path(ConfigKeys.INPUT + "." + i + "." + key.path()),
                        key.plain(config.input().get(i)),
                        inputs.get(i).origin(key)));
            }
        }
        for (ConfigKey<PrepareConfig, ?> key : ConfigKeys.OF_JOB) {
            settings.add(new Setting(path(key.path()), key.plain(config), values.origin(key)));
        }
        spark.forEach((name, origin) -> settings.add(
                new Setting(List.of(ConfigKeys.SPARK, name), config.spark().getOrDefault(name, ""), origin)));
        return settings;
    }

    private static List<String> path(String dotted) {
        return Arrays.asList(dotted.split("\\."));
    }
}
