// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.opcua.config.OpcUaTag;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * A node of the current session that is to be read.
 *
 * @param stableId the node id with its namespace's URI, the same in every session: {@code
 *     nsu=urn:plant;s=Press1.Temp}; {@code i=2258} in namespace 0
 * @param nodeId the node id of this session
 * @param point its tag; the same instance as long as the server describes the node the same
 * @param dataType the node's DataType attribute, a {@code NodeId} of this session
 * @param valueRank the node's ValueRank attribute (OPC UA Part 3 §5.6.2)
 * @param historyReadable whether AccessLevel has HistoryRead for this user
 * @param properties what its values mean
 */
public record MonitoredNode(
    String stableId,
    NodeId nodeId,
    Point<OpcUaTag> point,
    NodeId dataType,
    int valueRank,
    boolean historyReadable,
    NodeProperties properties) {

  /** The tag of the point. */
  public Tag<OpcUaTag> tag() {
    return point.tag();
  }

  /** The same node, read as another point. */
  public MonitoredNode of(Point<OpcUaTag> other) {
    return new MonitoredNode(
        stableId, nodeId, other, dataType, valueRank, historyReadable, properties);
  }

  /** A node without properties. */
  public MonitoredNode(
      String stableId,
      NodeId nodeId,
      Point<OpcUaTag> point,
      NodeId dataType,
      int valueRank,
      boolean historyReadable) {
    this(stableId, nodeId, point, dataType, valueRank, historyReadable, NodeProperties.NONE);
  }
}
