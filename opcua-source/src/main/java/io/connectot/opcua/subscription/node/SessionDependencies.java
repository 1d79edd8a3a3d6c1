// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.UaSessionFactory;
import io.connectot.opcua.settings.OpcUaResumeConfig;
import io.connectot.opcua.settings.OpcUaResumeConfig.History;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What sessions with one endpoint are made of.
 *
 * @param nodes finds the nodes
 * @param values makes measurements of the values of a session, and events of its events
 * @param config the configuration of the connector
 * @param epochNanos the wall clock
 */
public record SessionDependencies(
    UaSessionFactory sessions,
    NodeSource nodes,
    Function<UaSession, ValueSource> values,
    Configuration config,
    LongSupplier epochNanos) {

  /**
   * Checks that holes can be filled, where that is wanted.
   *
   * @throws ProtocolException naming nodes without a history
   */
  public void requireHistory(Collection<NodeState> states) throws ProtocolException {
    if (config.get(OpcUaResumeConfig.HISTORY) != History.REQUIRED) {
      return;
    }
    List<String> without =
        states.stream()
            .filter(state -> !state.node().historyReadable())
            .map(state -> state.node().stableId())
            .toList();
    if (!without.isEmpty()) {
      throw new ProtocolException(
          Kind.CONFIGURATION,
          Scope.CONNECTION,
          "HISTORY_REQUIRED",
          without.size()
              + " nodes have no history that the user may read, such as "
              + without.get(0)
              + "; enable it at the server, grant the user the right to read it, or "
              + "set opcua.history.mode=auto",
          null);
    }
  }
}
