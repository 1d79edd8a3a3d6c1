// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.Version;
import io.connectot.core.config.SourceConfig;
import io.connectot.core.config.validation.ConnectorValidator;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.SourceOffset;
import io.connectot.core.spi.StreamingDriver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * The connector of any protocol. A module's own connector defines which {@link Protocol} it speaks
 * and which task class runs it, and nothing else.
 *
 * <p>Tasks own endpoints: there are never more tasks than endpoints unless the protocol can split
 * them, and every task derives its own from its index and the number of tasks.
 */
public abstract class OtSourceConnector extends SourceConnector {
  private Map<String, String> props = Map.of();
  private SourceSetup<?, ?> setup;

  /** Null unless started. */
  private ConnectorFailures.Registration registration;

  /** The protocol it speaks. */
  protected abstract Protocol protocol();

  @Override
  public final void start(Map<String, String> newProps) {
    props = Map.copyOf(newProps);
    setup = SourceSetup.of(protocol(), props);
    registration = ConnectorFailures.register(props.getOrDefault("name", "unnamed"), context);
  }

  @Override
  public final void stop() {
    setup = null;
    if (registration != null) {
      registration.close();
      registration = null;
    }
  }

  @Override
  public final List<Map<String, String>> taskConfigs(int maxTasks) {
    int endpoints = setup.inventory().endpoints().size();
    int tasks = TaskShare.tasks(endpoints, maxTasks, setup.splitsEndpoints());
    List<Map<String, String>> configs = new ArrayList<>(tasks);
    for (int task = 0; task < tasks; task++) {
      Map<String, String> config = new HashMap<>(props);
      new TaskShare(task, tasks).writeTo(config);
      configs.add(config);
    }
    return configs;
  }

  @Override
  public final Config validate(Map<String, String> connectorConfigs) {
    return ConnectorValidator.validate(protocol(), connectorConfigs);
  }

  @Override
  public final ConfigDef config() {
    return SourceConfig.definition(protocol());
  }

  @Override
  public final String version() {
    return Version.version();
  }

  /**
   * A polled source never reads the same value twice, so with exactly-once support every value that
   * was read and committed is in Kafka once; what was read and not committed when the worker died
   * is lost either way. A streaming driver declares it itself.
   */
  @Override
  public final ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    SourceConfig config = new SourceConfig(protocol(), connectorConfig);
    return protocol().bind(config) instanceof StreamingDriver<?, ?> streaming
            && !streaming.exactlyOnce()
        ? ExactlyOnceSupport.UNSUPPORTED
        : ExactlyOnceSupport.SUPPORTED;
  }

  /**
   * Accepts offsets of the form the tasks write.
   *
   * @throws org.apache.kafka.connect.errors.ConnectException naming the field that is wrong
   */
  @Override
  public final boolean alterOffsets(
      Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
    offsets.forEach(this::checkOffset);
    return true;
  }

  /**
   * Checks an offset that an operator wants to store.
   *
   * @param offset null to forget the partition
   * @throws org.apache.kafka.connect.errors.ConnectException naming the field that is wrong
   */
  protected void checkOffset(Map<String, ?> partition, Map<String, ?> offset) {
    SourceOffset.check(partition, offset);
  }
}
