// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import io.connectot.opcua.subscription.node.NodeState;

/** Takes the nodes that the server does not monitor. */
@FunctionalInterface
public interface RefusedItems {

  /**
   * Takes a node.
   *
   * @param status code and name
   * @param remedy what an operator can do about it
   */
  void refused(NodeState state, String status, String remedy);
}
