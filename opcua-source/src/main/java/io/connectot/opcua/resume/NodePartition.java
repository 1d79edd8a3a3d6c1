// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.resume;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The source partition of one node of one device, under one tag: {@code {device, node, tag}}. Its
 * hash code is computed once, because a worker looks up every record by its partition. Immutable.
 */
public final class NodePartition extends AbstractMap<String, String> {
  static final String DEVICE = "device";
  static final String NODE = "node";
  static final String TAG = "tag";

  private final Map<String, String> fields;
  private final int hash;

  /**
   * @param device the configured device name
   * @param stableId the node id with its namespace's URI
   * @param tag the tag name: one node may be read as several tags
   */
  public NodePartition(String device, String stableId, String tag) {
    // A worker finds an offset by the bytes of its partition, and so by the order of the entries,
    // which has to be the same in every JVM.
    Map<String, String> ordered = new LinkedHashMap<>();
    ordered.put(DEVICE, device);
    ordered.put(NODE, stableId);
    ordered.put(TAG, tag);
    this.fields = Collections.unmodifiableMap(ordered);
    this.hash = fields.hashCode();
  }

  public String device() {
    return fields.get(DEVICE);
  }

  public String node() {
    return fields.get(NODE);
  }

  public String tag() {
    return fields.get(TAG);
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
}
