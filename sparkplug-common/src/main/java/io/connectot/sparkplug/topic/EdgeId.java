// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.topic;

/**
 * An edge node, or a device under it.
 *
 * @param group the group id
 * @param node the edge node id
 * @param device the device id; null for the edge node itself
 */
public record EdgeId(String group, String node, String device) {

  /** An edge node. */
  public static EdgeId ofNode(String group, String node) {
    return new EdgeId(group, node, null);
  }

  /** A device under this edge node. */
  public EdgeId withDevice(String id) {
    return new EdgeId(group, node, id);
  }

  /** Whether it is an edge node. */
  public boolean isNode() {
    return device == null;
  }

  /** The edge node it belongs to; itself if it is one. */
  public EdgeId ofNode() {
    return isNode() ? this : new EdgeId(group, node, null);
  }

  /** Its name in records: {@code group/node} or {@code group/node/device}. */
  public String path() {
    return isNode() ? group + "/" + node : group + "/" + node + "/" + device;
  }

  /** Reads what {@link #path} writes. */
  public static EdgeId parse(String path) {
    String[] levels = path.split("/", 3);
    if (levels.length < 2) {
      throw new IllegalArgumentException("not group/node or group/node/device: " + path);
    }
    return new EdgeId(levels[0], levels[1], levels.length == 3 ? levels[2] : null);
  }

  @Override
  public String toString() {
    return path();
  }
}
