// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.spi.ProtocolException;
import java.util.Collection;
import java.util.List;

/** Lets values of nodes come. For one thread at a time. */
interface NodeMonitor {

  /**
   * Lets values of more nodes come.
   *
   * @return the nodes that the server did not refuse
   * @throws ProtocolException when the server does not answer
   */
  List<NodeState> monitor(List<NodeState> states) throws ProtocolException, InterruptedException;

  /**
   * Lets values of nodes come no longer.
   *
   * @throws ProtocolException when the server does not answer
   */
  void remove(Collection<NodeState> states) throws ProtocolException, InterruptedException;
}
