// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import io.connectot.opcua.config.OpcUaTag;
import java.util.List;

/**
 * What was found on a server of what is configured.
 *
 * @param nodes to be monitored, in the order of the configuration, then as browsed
 * @param missing configured and not there now; tried again later
 */
public record Selection(List<MonitoredNode> nodes, List<Missing> missing) {
  public Selection {
    nodes = List.copyOf(nodes);
    missing = List.copyOf(missing);
  }

  /**
   * A tag without a node.
   *
   * @param status code and name, e.g. {@code 0x80340000 Bad_NodeIdUnknown}
   * @param cause in words for an operator
   */
  public record Missing(Point<OpcUaTag> point, String status, String cause) {
    /** The tag of the point. */
    public Tag<OpcUaTag> tag() {
      return point.tag();
    }
  }
}
