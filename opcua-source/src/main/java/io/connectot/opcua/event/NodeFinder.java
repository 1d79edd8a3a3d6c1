// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.event;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.address.NodeAddress;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** Finds the nodes of a session that a configuration names. */
@FunctionalInterface
public interface NodeFinder {
  /**
   * The node id of this session; empty when there is no such node.
   *
   * @throws ProtocolException when the server does not answer
   * @throws InterruptedException when the task stops
   */
  Optional<NodeId> find(NodeAddress address) throws ProtocolException, InterruptedException;
}
