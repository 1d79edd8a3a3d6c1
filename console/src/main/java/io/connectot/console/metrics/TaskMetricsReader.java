// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.metrics;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Reads the metrics of the tasks that run on this worker, from their MBeans. Thread-safe. */
public final class TaskMetricsReader {
  /** Kafka 4.1 and newer publish the metrics of plugins; before, the plugin does it itself. */
  private static final List<String> BEANS =
      List.of(
          "kafka.connect:type=plugins,connector=*,task=*",
          "io.connectot:type=source-task-metrics,connector=*,task=*",
          "io.connectot:type=sink-task-metrics,connector=*,task=*");

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  /**
   * The metrics of a task.
   *
   * @param values by the name of the metric
   */
  public record TaskValues(String connector, String task, Map<String, Number> values) {}

  /** The metrics of all tasks on this worker. */
  public List<TaskValues> read() {
    List<TaskValues> tasks = new ArrayList<>();
    try {
      for (String pattern : BEANS) {
        for (ObjectName bean : server.queryNames(new ObjectName(pattern), null)) {
          tasks.add(read(bean));
        }
      }
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
    return tasks;
  }

  private TaskValues read(ObjectName bean) throws JMException {
    String[] names =
        java.util.Arrays.stream(server.getMBeanInfo(bean).getAttributes())
            .map(MBeanAttributeInfo::getName)
            .toArray(String[]::new);
    Map<String, Number> values = new TreeMap<>();
    for (Attribute attribute : server.getAttributes(bean, names).asList()) {
      if (attribute.getValue() instanceof Number number) {
        values.put(attribute.getName(), number);
      }
    }
    return new TaskValues(
        unquoted(bean.getKeyProperty("connector")), unquoted(bean.getKeyProperty("task")), values);
  }

  private static String unquoted(String name) {
    return name.startsWith("\"") ? ObjectName.unquote(name) : name;
  }
}
