// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.node;

import io.connectot.core.spi.ProtocolException;
import java.util.Collection;
import java.util.List;

/** Starts and stops the reading of nodes. For one thread at a time. */
public interface NodeMonitor {

  /**
   * Starts to read more nodes.
   *
   * @return the nodes that the server did not reject
   * @throws ProtocolException when the server does not answer
   */
  List<NodeState> monitor(List<NodeState> states) throws ProtocolException, InterruptedException;

  /**
   * Stops reading nodes.
   *
   * @throws ProtocolException when the server does not answer
   */
  void remove(Collection<NodeState> states) throws ProtocolException, InterruptedException;

  /**
   * Shows the server that the session is in use; called several times a second.
   *
   * @throws ProtocolException when the server does not answer
   */
  default void keepAlive() throws ProtocolException, InterruptedException {
    // Nothing at the server depends on it.
  }
}
