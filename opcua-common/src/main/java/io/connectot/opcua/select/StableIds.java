// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.address.PathName;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/**
 * Between node ids of a session, whose namespaces are numbers, and what is the same in all
 * sessions.
 */
final class StableIds {
  private final NamespaceTable namespaces;

  /**
   * @param namespaces those of the session
   */
  StableIds(NamespaceTable namespaces) {
    this.namespaces = namespaces;
  }

  /** The node id with its namespace's URI, or its index when the server has no URI for it. */
  ById address(NodeId id) {
    int index = id.getNamespaceIndex().intValue();
    Optional<String> uri =
        index == 0 ? Optional.empty() : Optional.ofNullable(namespaces.get(index));
    return new ById(uri, uri.isPresent() ? 0 : index, identifier(id));
  }

  /** The stable id of {@link MonitoredNode}. */
  String text(NodeId id) {
    return address(id).toString();
  }

  /** The node id of the session; empty when the server does not know the namespace. */
  Optional<NodeId> nodeId(ById address) {
    return index(address.namespaceUri(), address.namespaceIndex())
        .map(index -> nodeId(index, address.identifier()));
  }

  /** The stable id that an address names by itself; empty when a server is needed for that. */
  Optional<String> text(NodeAddress address) {
    return address instanceof ById id ? nodeId(id).map(this::text) : Optional.empty();
  }

  /** The browse name of the session, its namespace 0 when it is left open. */
  Optional<QualifiedName> name(PathName name) {
    return index(name.namespaceUri(), name.namespaceIndex().orElse(0))
        .map(index -> new QualifiedName(index, name.name()));
  }

  private Optional<Integer> index(Optional<String> uri, int index) {
    return uri.isEmpty()
        ? Optional.of(index)
        : Optional.ofNullable(namespaces.getIndex(uri.get())).map(UShort::intValue);
  }

  private static NodeId nodeId(int index, String identifier) {
    String value = identifier.substring(2);
    return switch (identifier.charAt(0)) {
      case 'i' -> new NodeId(index, UInteger.valueOf(Long.parseLong(value)));
      case 'g' -> new NodeId(index, UUID.fromString(value));
      case 'b' -> new NodeId(index, ByteString.of(Base64.getDecoder().decode(value)));
      default -> new NodeId(index, value);
    };
  }

  private static String identifier(NodeId id) {
    Object identifier = id.getIdentifier();
    if (identifier instanceof UInteger number) {
      return "i=" + number;
    } else if (identifier instanceof UUID guid) {
      return "g=" + guid;
    } else if (identifier instanceof ByteString bytes) {
      return "b=" + Base64.getEncoder().encodeToString(bytes.bytesOrEmpty());
    }
    return "s=" + identifier;
  }
}
