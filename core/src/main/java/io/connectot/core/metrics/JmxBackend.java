// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanRegistration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MBean with an attribute per metric: {@code
 * io.connectot:type=source-task-metrics,connector=<name>,task=<n>}, or {@code
 * type=sink-task-metrics}. For workers before Kafka 4.1.
 */
final class JmxBackend implements MetricsBackend, DynamicMBean, MBeanRegistration {
  /** The type of a source task's MBean. */
  static final String SOURCE = "source-task-metrics";

  /** The type of a sink task's MBean. */
  static final String SINK = "sink-task-metrics";

  private static final Logger log = LoggerFactory.getLogger(JmxBackend.class);
  private static final String NEEDS_QUOTES = ",=:\"*?\n ";

  private final MBeanServer server;
  private final ObjectName name;
  private final Map<TaskMetric, Supplier<Number>> values = new ConcurrentSkipListMap<>();
  private volatile boolean registered;

  private JmxBackend(MBeanServer server, ObjectName name) {
    this.server = server;
    this.name = name;
  }

  /**
   * Registers a task's MBean, in place of one that an earlier run of the task left behind.
   *
   * @throws IllegalStateException when it cannot be registered
   */
  static JmxBackend register(String type, String connector, int task) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      JmxBackend backend = new JmxBackend(server, objectName(type, connector, task));
      try {
        server.registerMBean(backend, backend.name);
      } catch (InstanceAlreadyExistsException e) {
        server.unregisterMBean(backend.name);
        server.registerMBean(backend, backend.name);
      }
      return backend;
    } catch (JMException e) {
      throw new IllegalStateException("cannot register an MBean for " + connector, e);
    }
  }

  static ObjectName objectName(String type, String connector, int task) throws JMException {
    return new ObjectName(
        "io.connectot:type=" + type + ",connector=" + quoted(connector) + ",task=" + task);
  }

  private static String quoted(String name) {
    boolean plain = !name.isEmpty() && name.chars().noneMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0);
    return plain ? name : ObjectName.quote(name);
  }

  @Override
  public void add(TaskMetric metric, Supplier<Number> value) {
    values.put(metric, value);
  }

  @Override
  public void close() {
    // A later run of the task may have taken the name: only what is registered still is ours.
    if (registered) {
      try {
        server.unregisterMBean(name);
      } catch (JMException e) {
        log.debug("{} was withdrawn already", name, e);
      }
    }
  }

  @Override
  public Object getAttribute(String attribute) throws AttributeNotFoundException {
    for (Map.Entry<TaskMetric, Supplier<Number>> entry : values.entrySet()) {
      if (entry.getKey().metricName().equals(attribute)) {
        return entry.getValue().get();
      }
    }
    throw new AttributeNotFoundException(attribute);
  }

  @Override
  public AttributeList getAttributes(String[] attributes) {
    AttributeList found = new AttributeList();
    for (String attribute : attributes) {
      try {
        found.add(new Attribute(attribute, getAttribute(attribute)));
      } catch (AttributeNotFoundException e) {
        // By contract what is missing is left out.
      }
    }
    return found;
  }

  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(attribute.getName() + " can only be read");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public Object invoke(String action, Object[] parameters, String[] signature)
      throws ReflectionException {
    throw new ReflectionException(new NoSuchMethodException(action));
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    MBeanAttributeInfo[] attributes =
        values.keySet().stream().map(JmxBackend::info).toArray(MBeanAttributeInfo[]::new);
    return new MBeanInfo(
        JmxBackend.class.getName(), "Metrics of a task", attributes, null, null, null);
  }

  private static MBeanAttributeInfo info(TaskMetric metric) {
    return new MBeanAttributeInfo(
        metric.metricName(), Number.class.getName(), metric.description(), true, false, false);
  }

  @Override
  public ObjectName preRegister(MBeanServer mbeanServer, ObjectName objectName) {
    return objectName;
  }

  @Override
  public void postRegister(Boolean done) {
    registered = done;
  }

  @Override
  public void preDeregister() {
    // Always allowed.
  }

  @Override
  public void postDeregister() {
    registered = false;
  }
}
