// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.config.validation.ConnectorValidator;
import io.connectot.core.spi.Protocol;
import io.connectot.core.spi.SourceOffset;
import io.connectot.core.spi.StreamingDriver;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.ExactlyOnceSupport;

/**
 * The connector of any protocol. A module's own connector defines which {@link Protocol} it speaks
 * and which task class runs it, and nothing else.
 *
 * <p>Tasks own endpoints: there are never more tasks than endpoints unless the protocol can split
 * them, and every task derives its own from its index and the number of tasks.
 */
public abstract class OtSourceConnector extends ConfiguredSourceConnector {
  /** Of the configuration; the tags themselves are the tasks'. */
  private int endpoints;

  private boolean splitsEndpoints;

  /** The protocol it speaks. */
  protected abstract Protocol protocol();

  @Override
  protected final void configure(Map<String, String> newProps) {
    SourceSetup<?, ?> setup = SourceSetup.of(protocol(), Map.copyOf(newProps));
    endpoints = setup.inventory().endpoints().size();
    splitsEndpoints = setup.splitsEndpoints();
  }

  @Override
  protected final int tasks(int maxTasks) {
    return TaskShare.tasks(endpoints, maxTasks, splitsEndpoints);
  }

  @Override
  public final Config validate(Map<String, String> connectorConfigs) {
    return ConnectorValidator.validate(protocol(), connectorConfigs);
  }

  @Override
  public final ConfigDef config() {
    return SourceConfig.definition(protocol());
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

  @Override
  protected void checkOffset(Map<String, ?> partition, Map<String, ?> offset) {
    SourceOffset.check(partition, offset);
  }
}
