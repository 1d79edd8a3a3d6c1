// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug;

import io.connectot.core.source.ConfiguredSourceConnector;
import io.connectot.sparkplug.source.SparkplugSourceConfig;
import io.connectot.sparkplug.source.SparkplugSourceValidator;
import io.connectot.sparkplug.source.record.EdgeOffset;
import io.connectot.sparkplug.source.session.SparkplugDriver;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;

/** Reads the values of Sparkplug B edge nodes into Kafka, as one host application. */
public final class SparkplugSourceConnector extends ConfiguredSourceConnector {
  @Override
  protected void configure(Map<String, String> newProps) {
    new SparkplugSourceConfig(newProps);
  }

  /** One task: a host id has one STATE, and the order of an edge node one owner. */
  @Override
  protected int tasks(int maxTasks) {
    return 1;
  }

  @Override
  protected void checkOffset(Map<String, ?> partition, Map<String, ?> offset) {
    EdgeOffset.check(partition, offset);
  }

  @Override
  protected void offsetsAltered(String connector) {
    SparkplugDriver.offsetsChanged(connector);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return SparkplugSourceTask.class;
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return SparkplugSourceValidator.validate(connectorConfigs);
  }

  @Override
  public ConfigDef config() {
    return SparkplugSourceConfig.definition();
  }

  /** Sparkplug has no position to resume from. */
  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.UNSUPPORTED;
  }
}
