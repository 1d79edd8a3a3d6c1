// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.spi.WriteTarget;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * What a tag is at the server of one session.
 *
 * @param node null if the server has no such node
 * @param form of its values; null for a method, and if it cannot be written
 * @param object on which a method is called; null for a variable
 * @param arguments of a method
 * @param target for the runtime
 */
record NodeTarget(
    NodeId node, NodeForm form, NodeId object, List<NodeForm> arguments, WriteTarget target) {

  static NodeTarget refused(NodeId node, String reason) {
    return new NodeTarget(node, null, null, List.of(), WriteTarget.refused(reason));
  }

  boolean isMethod() {
    return object != null;
  }
}
