// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.model.ValueType;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.select.Browser.Children;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * What type values of a data type have: that of the built-in type it is derived from (OPC UA Part 6
 * §5.1.2). For one session and one thread at a time.
 */
final class DataTypeKinds {
  /** Deeper than any hierarchy of types; ends loops. */
  private static final int MAX_DEPTH = 50;

  private final Browser browser;
  private final NamespaceTable namespaces;
  private final Map<NodeId, ValueType> kinds = new HashMap<>();

  DataTypeKinds(Browser browser, NamespaceTable namespaces) {
    this.browser = browser;
    this.namespaces = namespaces;
  }

  /** Finds out about data types. */
  void load(Collection<NodeId> dataTypes) throws ProtocolException, InterruptedException {
    Map<NodeId, NodeId> at = new LinkedHashMap<>();
    for (NodeId type : dataTypes) {
      if (!kinds.containsKey(type)) {
        at.put(type, type);
      }
    }
    for (int depth = 0; depth < MAX_DEPTH && !at.isEmpty(); depth++) {
      List<NodeId> unknown = new ArrayList<>();
      for (Map.Entry<NodeId, NodeId> entry : List.copyOf(at.entrySet())) {
        ValueType kind = kinds.getOrDefault(entry.getValue(), builtin(entry.getValue()));
        if (kind != null) {
          kinds.put(entry.getKey(), kind);
          at.remove(entry.getKey());
        } else if (!unknown.contains(entry.getValue())) {
          unknown.add(entry.getValue());
        }
      }
      Map<NodeId, Children> above = browser.supertypes(unknown);
      at.replaceAll((type, current) -> parent(above.get(current)));
    }
  }

  /**
   * The type of values of a data type that was loaded.
   *
   * @param valueRank OPC UA Part 3 §5.6.2
   */
  ValueType type(NodeId dataType, int valueRank) {
    return valueRank >= 0 ? ValueType.JSON : kinds.getOrDefault(dataType, ValueType.UNKNOWN);
  }

  /** The supertype; BaseDataType if the server has none. */
  private NodeId parent(Children above) {
    return above.references().stream()
        .findFirst()
        .flatMap(reference -> reference.getNodeId().toNodeId(namespaces))
        .orElse(new NodeId(0, 24));
  }

  /** The types of namespace 0 whose ids are those of the encoding, and the abstract ones above. */
  private static ValueType builtin(NodeId id) {
    if (id.getNamespaceIndex().intValue() != 0
        || !(id.getIdentifier() instanceof UInteger number)) {
      return null;
    }
    return switch (number.intValue()) {
      case 1 -> ValueType.BOOLEAN;
      case 2 -> ValueType.INT8;
      case 3 -> ValueType.UINT8;
      case 4 -> ValueType.INT16;
      case 5 -> ValueType.UINT16;
      case 6, 29 -> ValueType.INT32;
      case 7 -> ValueType.UINT32;
      case 8, 27 -> ValueType.INT64;
      case 9, 28 -> ValueType.UINT64;
      case 10 -> ValueType.FLOAT32;
      case 11, 26 -> ValueType.FLOAT64;
      case 13 -> ValueType.DATETIME;
      case 15 -> ValueType.BYTES;
      case 12, 14, 16, 17, 18, 19, 20, 21 -> ValueType.STRING;
      case 22, 23, 25 -> ValueType.JSON;
      case 24 -> ValueType.UNKNOWN;
      default -> null;
    };
  }
}
