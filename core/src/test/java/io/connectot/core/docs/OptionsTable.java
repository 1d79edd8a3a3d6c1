// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.docs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Renders the keys of a connector as Markdown tables for the documentation, one per group. */
public final class OptionsTable {
  private static final String HEAD =
      """
      | Name | Type | Default | Valid values | Importance | Documentation |
      |---|---|---|---|---|---|
      """;

  private OptionsTable() {}

  /** The groups in the order of definition. */
  public static List<String> groups(ConfigDef definition) {
    Set<String> groups = new LinkedHashSet<>();
    definition.configKeys().values().forEach(key -> groups.add(group(key)));
    return List.copyOf(groups);
  }

  /** All groups, each as a heading of the third level and a table, ending in a line feed. */
  public static String markdown(ConfigDef definition) {
    StringBuilder text = new StringBuilder();
    for (String group : groups(definition)) {
      text.append(text.isEmpty() ? "" : "\n").append("### ").append(group).append("\n\n");
      text.append(markdown(definition, group));
    }
    return text.toString();
  }

  /** The table of one group, in the order of its keys, ending in a line feed. */
  public static String markdown(ConfigDef definition, String group) {
    List<ConfigKey> keys = new ArrayList<>(definition.configKeys().values());
    keys.removeIf(key -> !group(key).equals(group));
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no group '" + group + "'; there are " + groups(definition));
    }
    keys.sort(Comparator.comparingInt(key -> key.orderInGroup));
    StringBuilder table = new StringBuilder(HEAD);
    keys.forEach(key -> table.append(row(key)));
    return table.toString();
  }

  private static String row(ConfigKey key) {
    List<String> cells =
        List.of(
            code(key.name),
            key.type.name().toLowerCase(Locale.ROOT),
            defaultValue(key),
            validValues(key),
            key.importance.name().toLowerCase(Locale.ROOT),
            escape(key.documentation));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String defaultValue(ConfigKey key) {
    if (!key.hasDefault()) {
      return "required";
    }
    Object value = key.defaultValue;
    String text =
        value instanceof List<?> list
            ? String.join(",", list.stream().map(String::valueOf).toList())
            : String.valueOf(value);
    return value == null || text.isEmpty() ? "none" : code(text);
  }

  private static String validValues(ConfigKey key) {
    if (key.type == ConfigDef.Type.BOOLEAN) {
      return "true, false";
    }
    return key.validator == null ? "any" : escape(key.validator.toString());
  }

  private static String group(ConfigKey key) {
    return key.group == null ? "Common" : key.group;
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  /** Escapes characters that end a cell or begin an HTML tag. */
  private static String escape(String text) {
    return text.replace("<", "&lt;").replace("|", "\\|").replace("\n", " ");
  }
}
