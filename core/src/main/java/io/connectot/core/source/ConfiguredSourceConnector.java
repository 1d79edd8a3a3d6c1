// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * What all source connectors do alike: they keep their configuration, give each task its {@link
 * TaskShare}, report the failures of their tasks, and check offsets that an operator stores. For
 * the herder's thread.
 */
public abstract class ConfiguredSourceConnector extends SourceConnector {
  private Map<String, String> props = Map.of();

  /** Null unless started. */
  private ConnectorFailures.Registration registration;

  /**
   * Takes the configuration.
   *
   * @throws ConfigException naming the key that is wrong
   */
  protected abstract void configure(Map<String, String> newProps);

  /** The number of tasks, from 1 to a maximum. */
  protected abstract int tasks(int maxTasks);

  /**
   * Checks an offset that an operator wants to store.
   *
   * @param offset null to forget the partition
   * @throws ConfigException naming the field that is wrong
   * @throws ConnectException naming the field that is wrong
   */
  protected abstract void checkOffset(Map<String, ?> partition, Map<String, ?> offset);

  @Override
  public final void start(Map<String, String> newProps) {
    configure(newProps);
    props = Map.copyOf(newProps);
    registration = ConnectorFailures.register(props.getOrDefault("name", "unnamed"), context);
  }

  @Override
  public final void stop() {
    if (registration != null) {
      registration.close();
      registration = null;
    }
  }

  @Override
  public final List<Map<String, String>> taskConfigs(int maxTasks) {
    int tasks = tasks(maxTasks);
    List<Map<String, String>> configs = new ArrayList<>(tasks);
    for (int task = 0; task < tasks; task++) {
      Map<String, String> config = new HashMap<>(props);
      new TaskShare(task, tasks).writeTo(config);
      configs.add(config);
    }
    return configs;
  }

  @Override
  public final String version() {
    return Version.version();
  }

  /**
   * Accepts offsets of the form the tasks write.
   *
   * @throws ConnectException naming the field that is wrong
   */
  @Override
  public final boolean alterOffsets(
      Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
    try {
      offsets.forEach(this::checkOffset);
    } catch (ConfigException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    offsetsAltered(String.valueOf(connectorConfig.get("name")));
    return true;
  }

  /**
   * The offsets of a stopped connector are changed or reset. Does nothing by default.
   *
   * @param connector its name
   */
  protected void offsetsAltered(String connector) {}
}
