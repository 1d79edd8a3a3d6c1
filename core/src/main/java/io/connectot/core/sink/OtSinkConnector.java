// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * The sink connector of any protocol. A module's connector only names its {@link SinkProtocol} and
 * its task class.
 */
public abstract class OtSinkConnector extends SinkConnector {
  /** The number of a task, in its configuration. */
  static final String TASK_INDEX = "task.index";

  private Map<String, String> props = Map.of();

  /** The protocol that is written to. */
  protected abstract SinkProtocol<?> protocol();

  @Override
  public final void start(Map<String, String> newProps) {
    protocol().bind(newProps);
    props = Map.copyOf(newProps);
  }

  @Override
  public final void stop() {
    props = Map.of();
  }

  @Override
  public final List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> configs = new ArrayList<>(maxTasks);
    for (int task = 0; task < maxTasks; task++) {
      Map<String, String> config = new HashMap<>(props);
      config.put(TASK_INDEX, Integer.toString(task));
      configs.add(config);
    }
    return configs;
  }

  @Override
  public final Config validate(Map<String, String> connectorConfigs) {
    return protocol().validate(connectorConfigs);
  }

  @Override
  public final ConfigDef config() {
    return protocol().definition();
  }

  @Override
  public final String version() {
    return Version.version();
  }

  /** Accepts any offsets: those of the consumer group are the only ones. */
  @Override
  public final boolean alterOffsets(
      Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
    return true;
  }
}
