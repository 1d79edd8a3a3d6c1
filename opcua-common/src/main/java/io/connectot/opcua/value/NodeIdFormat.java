// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import java.util.Base64;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId.NamespaceReference;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId.ServerReference;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;

/**
 * Node ids and qualified names as text that means the same in every session (OPC UA Part 6 §5.1.12
 * to §5.1.14): {@code nsu=urn:plant;s=Temp}, in namespace 0 {@code i=2258}. A namespace that the
 * table lacks stays an index. Thread-safe.
 */
final class NodeIdFormat {
  private NodeIdFormat() {}

  static String of(NodeId id, NamespaceTable namespaces) {
    return namespace(id.getNamespaceIndex().intValue(), namespaces)
        + identifier(id.getIdentifier());
  }

  static String of(ExpandedNodeId id, NamespaceTable namespaces) {
    StringBuilder text = new StringBuilder();
    if (id.server() instanceof ServerReference.ServerUri server) {
      text.append("svu=").append(server.serverUri()).append(';');
    } else if (id.server() instanceof ServerReference.ServerIndex server
        && server.serverIndex().longValue() != 0) {
      text.append("svr=").append(server.serverIndex()).append(';');
    }
    if (id.namespace() instanceof NamespaceReference.NamespaceUri namespace) {
      text.append("nsu=").append(namespace.namespaceUri()).append(';');
    } else if (id.namespace() instanceof NamespaceReference.NamespaceIndex namespace) {
      text.append(namespace(namespace.namespaceIndex().intValue(), namespaces));
    }
    return text.append(identifier(id.identifier())).toString();
  }

  /** Null for a name that is null. */
  static String of(QualifiedName name, NamespaceTable namespaces) {
    return name.name() == null
        ? null
        : namespace(name.namespaceIndex().intValue(), namespaces) + name.name();
  }

  private static String namespace(int index, NamespaceTable namespaces) {
    if (index == 0) {
      return "";
    }
    String uri = namespaces.get(index);
    return uri == null ? "ns=" + index + ";" : "nsu=" + uri + ";";
  }

  private static String identifier(Object identifier) {
    if (identifier instanceof String text) {
      return "s=" + text;
    }
    if (identifier instanceof UUID guid) {
      return "g=" + guid;
    }
    if (identifier instanceof ByteString bytes) {
      return "b=" + Base64.getEncoder().encodeToString(bytes.bytesOrEmpty());
    }
    return "i=" + identifier;
  }
}
