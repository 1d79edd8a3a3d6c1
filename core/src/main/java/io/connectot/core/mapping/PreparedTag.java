// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.mapping.record.RecordIdentity;
import io.connectot.core.mapping.record.SharedHeaders;
import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;

/** What is the same in all records of one point, for the thread of its {@link DeviceMapper}. */
final class PreparedTag implements Point.Records {
  private final PreparedDevice device;
  private final Tag<?> tag;
  private final RecordIdentity identity;
  private final String topic;
  private final String key;
  private final String unit;
  private final Object attributes;
  private final SharedHeaders headers;

  /** The schema of its bare values; null before the first. */
  private InferredSchema inferred;

  private boolean warned;

  /** What is kept for the whole series of values; mostly this one. */
  private PreparedTag series = this;

  /**
   * @param topic the rendered topic
   * @param key the record key; null for none
   * @param attributes the column, of the device's overlaid by the tag's; null when there are none
   * @param headers a prototype, to be shared
   */
  PreparedTag(
      PreparedDevice device,
      Tag<?> tag,
      RecordIdentity identity,
      String topic,
      String key,
      Object attributes,
      SharedHeaders headers) {
    this.device = device;
    this.tag = tag;
    this.identity = identity;
    this.topic = topic;
    this.key = key;
    this.unit = tag.unit().orElse(null);
    this.attributes = attributes;
    this.headers = headers;
  }

  PreparedDevice device() {
    return device;
  }

  Tag<?> tag() {
    return tag;
  }

  RecordIdentity identity() {
    return identity;
  }

  String topic() {
    return topic;
  }

  String key() {
    return key;
  }

  String unit() {
    return unit;
  }

  Object attributes() {
    return attributes;
  }

  SharedHeaders headers() {
    return headers;
  }

  /** Makes this one keep its schema in that of the first point of the same series of values. */
  void follow(PreparedTag first) {
    series = first;
  }

  InferredSchema inferred() {
    return series.inferred;
  }

  void inferred(InferredSchema latest) {
    series.inferred = latest;
  }

  /** Whether this is the first call, so that a warning comes once. */
  boolean warnOnce() {
    boolean first = !series.warned;
    series.warned = true;
    return first;
  }
}
