// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.address.NodeAddress.ByPath;
import io.connectot.opcua.client.UaSession;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** Finds single nodes of one session, by id or path. For one thread at a time. */
public final class NodeLocator {
  private final StableIds ids;
  private final PathResolver paths;

  /** Finds nodes of the server that a session is with. */
  public NodeLocator(UaSession session) {
    this.ids = new StableIds(session.namespaces());
    this.paths = new PathResolver(session, ids, new Browser(session));
  }

  /**
   * The node id of this session; empty when the server has no such namespace or path. Whether there
   * is a node of that id is not asked.
   *
   * @throws ProtocolException when the server does not answer
   * @throws InterruptedException when the task stops
   */
  public Optional<NodeId> find(NodeAddress address) throws ProtocolException, InterruptedException {
    if (address instanceof ById id) {
      return ids.nodeId(id);
    }
    ByPath path = (ByPath) address;
    return paths.resolve(List.of(path)).get(path).node();
  }
}
