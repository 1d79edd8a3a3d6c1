// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * Hands every change of a value to the monitored items of its node, so that a test knows which
 * values a subscription gets: all of them, in order, whatever the sampling interval. Thread-safe.
 */
final class ItemFeed {
  /** Reads an attribute with everything that can be asked of it. */
  @FunctionalInterface
  interface Reader {
    DataValue read(DataItem item);
  }

  private final Map<NodeId, Set<DataItem>> items = new ConcurrentHashMap<>();
  private final Reader reader;

  ItemFeed(Reader reader) {
    this.reader = reader;
  }

  void created(List<? extends DataItem> created) {
    for (DataItem item : created) {
      Set<DataItem> watching = watching(item.getReadValueId().getNodeId());
      synchronized (watching) {
        watching.add(item);
        sample(item, reader.read(item));
      }
    }
  }

  void deleted(List<? extends DataItem> deleted) {
    for (DataItem item : deleted) {
      watching(item.getReadValueId().getNodeId()).remove(item);
    }
  }

  /**
   * Changes a value and tells who watches it, as one step for concurrent changes of the node.
   *
   * @param change makes the change and returns the new value
   */
  void change(NodeId node, Supplier<DataValue> change) {
    Set<DataItem> watching = watching(node);
    synchronized (watching) {
      DataValue value = change.get();
      for (DataItem item : watching) {
        if (item.isSamplingEnabled()) {
          sample(item, isWholeValue(item.getReadValueId()) ? value : reader.read(item));
        }
      }
    }
  }

  private Set<DataItem> watching(NodeId node) {
    return items.computeIfAbsent(node, key -> ConcurrentHashMap.newKeySet());
  }

  private static boolean isWholeValue(ReadValueId read) {
    return AttributeId.Value.isEqual(read.getAttributeId())
        && (read.getIndexRange() == null || read.getIndexRange().isEmpty());
  }

  private static void sample(DataItem item, DataValue value) {
    item.setValue(
        AttributeId.Value.isEqual(item.getReadValueId().getAttributeId())
            ? DataValue.derivedValue(value, item.getTimestampsToReturn())
            : DataValue.derivedNonValue(value, item.getTimestampsToReturn()));
  }
}
