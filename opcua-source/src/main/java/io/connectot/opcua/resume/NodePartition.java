// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/**
 * The source partition of one tag: {@code {"tag": "<device>/<tag>"}}. A worker finds an offset by
 * the bytes of its partition, and its REST API writes the entries of a partition in an order of its
 * own: with a single entry the bytes do not depend on the writer. The node that the tag reads is in
 * the {@link NodeOffset}. Its hash code is computed once, because a worker looks up every record by
 * its partition. Immutable.
 */
public final class NodePartition extends AbstractMap<String, String> {
  static final String TAG = "tag";

  private final String node;
  private final Map<String, String> fields;
  private final int hash;

  /**
   * @param device the configured device name
   * @param stableId the id of the tag's node with its namespace's URI
   * @param tag the tag name: one node may be read as several tags
   */
  public NodePartition(String device, String stableId, String tag) {
    this.node = stableId;
    this.fields = Map.of(TAG, device + '/' + tag);
    this.hash = fields.hashCode();
  }

  /** The id of the node with its namespace's URI; not an entry. */
  public String node() {
    return node;
  }

  /** The device name and the tag name. */
  public String tag() {
    return fields.get(TAG);
  }

  /**
   * Whether a partition has this form.
   *
   * @param partition may be null
   */
  static boolean isOne(Map<String, ?> partition) {
    return partition != null
        && partition.size() == 1
        && partition.get(TAG) instanceof String tag
        && tag.indexOf('/') > 0;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return fields.entrySet();
  }

  @Override
  public String get(Object key) {
    return fields.get(key);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || super.equals(other);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return tag() + " (" + node + ")";
  }
}
