// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;

/**
 * The headers of records.
 *
 * <p>What is the same in all records of a device or tag is kept as a prototype, and every record
 * gets a duplicate of it, which shares the header objects but not the list: transformations of
 * other makers add to {@code record.headers()} in place, which would otherwise reach every record.
 */
final class RecordHeaders {
  static final String DEVICE = "ot.device";
  static final String PROTOCOL = "ot.protocol";
  static final String ENDPOINT = "ot.endpoint";
  static final String TAG = "ot.tag";
  static final String TYPE = "ot.type";
  static final String LABEL = "ot.label";
  static final String UNIT = "ot.unit";
  static final String QUALITY = "ot.quality";
  static final String STATUS = "ot.status";
  static final String TIMESTAMP_NS = "ot.timestamp_ns";

  private static final Map<Quality, Header> QUALITIES = new EnumMap<>(Quality.class);
  private static final Map<ValueType, Header> TYPES = new EnumMap<>(ValueType.class);

  static {
    for (Quality quality : Quality.values()) {
      QUALITIES.put(quality, header(QUALITY, quality.name()));
    }
    for (ValueType type : ValueType.values()) {
      TYPES.put(type, header(TYPE, type.name()));
    }
  }

  private RecordHeaders() {}

  /** The headers every record of a device has. */
  static ConnectHeaders of(String device, String protocol, String endpoint) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString(DEVICE, device);
    headers.addString(PROTOCOL, protocol);
    headers.addString(ENDPOINT, endpoint);
    return headers;
  }

  /** The device's headers and the protocol's own of a tag. */
  static ConnectHeaders withOwn(ConnectHeaders device, Tag<?> tag) {
    ConnectHeaders headers = device.duplicate();
    tag.headers().forEach(headers::addString);
    return headers;
  }

  /** The device's headers and what is the same in all records of a tag. */
  static ConnectHeaders ofTag(ConnectHeaders device, Tag<?> tag) {
    ConnectHeaders headers = withOwn(device, tag);
    headers.addString(TAG, tag.name());
    tag.unit().ifPresent(unit -> headers.addString(UNIT, unit));
    return headers;
  }

  static Header quality(Quality quality) {
    return QUALITIES.get(quality);
  }

  static Header type(ValueType type) {
    return TYPES.get(type);
  }

  private static Header header(String name, String value) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString(name, value);
    return headers.lastWithName(name);
  }
}
