// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.model.Point;
import io.connectot.core.model.Tag;
import java.util.Map;
import org.apache.kafka.connect.header.ConnectHeaders;

/** What is the same in all records of one point, for the thread of its {@link DeviceMapper}. */
final class PreparedTag implements Point.Records {
  private final PreparedDevice device;
  private final Tag<?> tag;
  private final String topic;
  private final String key;
  private final String path;
  private final String unit;
  private final Map<String, String> attributes;
  private final ConnectHeaders deviceHeaders;
  private final ConnectHeaders headers;

  /** The schema of the array or structure that came last; null before the first. */
  private InferredSchema inferred;

  /**
   * @param topic the rendered topic
   * @param key the record key; null for none
   * @param path the unified-namespace path
   * @param attributes the device's overlaid by the tag's; null when there are none
   * @param deviceHeaders a prototype with device and the protocol's own, to be duplicated
   * @param headers the same with the tag
   */
  PreparedTag(
      PreparedDevice device,
      Tag<?> tag,
      String topic,
      String key,
      String path,
      Map<String, String> attributes,
      ConnectHeaders deviceHeaders,
      ConnectHeaders headers) {
    this.device = device;
    this.tag = tag;
    this.topic = topic;
    this.key = key;
    this.path = path;
    this.unit = tag.unit().orElse(null);
    this.attributes = attributes;
    this.deviceHeaders = deviceHeaders;
    this.headers = headers;
  }

  PreparedDevice device() {
    return device;
  }

  Tag<?> tag() {
    return tag;
  }

  String topic() {
    return topic;
  }

  String key() {
    return key;
  }

  String path() {
    return path;
  }

  String unit() {
    return unit;
  }

  Map<String, String> attributes() {
    return attributes;
  }

  ConnectHeaders deviceHeaders() {
    return deviceHeaders;
  }

  ConnectHeaders headers() {
    return headers;
  }

  InferredSchema inferred() {
    return inferred;
  }

  void inferred(InferredSchema latest) {
    inferred = latest;
  }
}
